using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Dashboard.Tests.Apps;

/// <summary>Apps as pages get them.</summary>
internal static class TestApps
{
    /// <summary>One that has never been deployed.</summary>
    public static AppView Make(string name) =>
        new(
            new AppId(Guid.NewGuid()),
            AppName.Parse(name),
            new AccountRef(new AccountId(Guid.NewGuid()), "dev@example.com"),
            "neeto-12",
            "neeto-12",
            false,
            default,
            default,
            null,
            null,
            null,
            [],
            ImmutableSortedSet<string>.Empty
        );
}
