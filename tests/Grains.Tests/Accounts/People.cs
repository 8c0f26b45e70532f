using NeetoDeploy.Core.Accounts;

namespace NeetoDeploy.Grains.Tests.Accounts;

/// <summary>Callers for tests.</summary>
public static class People
{
    public static Actor Make(string email, bool isAdmin = false) => new(new AccountId(Guid.NewGuid()), email, isAdmin);
}
