global using NeetoDeploy.Core.Accounts;
global using NeetoDeploy.Core.Apps;
