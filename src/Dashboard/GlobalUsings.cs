global using NeetoDeploy.Core.Apps;
global using NeetoDeploy.Core.Results;
global using NeetoDeploy.Grains.Interfaces;
