using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Dashboard.Releases;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Dashboard.Tests.Releases;

public sealed class ReleaseChangesTests
{
    [Fact]
    public void Code_config_vars_and_process_types_that_differ_are_told_and_no_value_is()
    {
        var changes = ReleaseChanges.Between(
            Release("0123456789abcdef", 'a', "web", "worker"),
            Vars(("KEPT", "1"), ("CHANGED", "secret-new"), ("NEW", "secret")),
            Release("fedcba9876543210", 'b', "web", "clock"),
            Vars(("KEPT", "1"), ("CHANGED", "secret-old"), ("OLD", "secret"))
        );

        Assert.Equal(
            [
                "Code: 0123456 becomes fedcba9",
                "Config var CHANGED changes",
                "Config var NEW goes",
                "Config var OLD comes back",
                "Process type clock comes back",
                "Process type worker goes",
            ],
            changes
        );
    }

    [Fact]
    public void Two_alike_differ_in_nothing() =>
        Assert.Equal(
            ["Nothing differs from the current release."],
            ReleaseChanges.Between(Release("abc", 'a', "web"), Vars(), Release("abc", 'a', "web"), Vars())
        );

    [Fact]
    public void A_release_is_told_from_the_one_before_by_commands_and_names_but_not_by_values()
    {
        var differences = ReleaseDifference.Between(
            Release("0123456789abcdef", 'a', "web"),
            Vars(("CHANGED", "secret-old")),
            Release("fedcba9876543210", 'b', "worker"),
            Vars(("CHANGED", "secret-new"))
        );

        Assert.Equal(
            [
                new("Code", "", Difference.Changed, "0123456", "fedcba9"),
                new("Image", "", Difference.Changed, "aaaaaaaaaaaa", "bbbbbbbbbbbb"),
                new("Config var", "CHANGED", Difference.Changed, null, null),
                new("Process type", "web", Difference.Removed, "web", null),
                new("Process type", "worker", Difference.Added, null, "worker"),
            ],
            differences
        );
    }

    [Fact]
    public void Who_may_not_know_config_vars_is_told_nothing_of_them() =>
        Assert.Empty(ReleaseDifference.Between(Release("abc", 'a', "web"), Vars(("OLD", "1")), Release("abc", 'a', "web"), null));

    private static readonly AppId App = new(Guid.NewGuid());

    private static ImmutableSortedDictionary<string, string> Vars(params (string Name, string Value)[] vars) =>
        vars.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value);

    private static ReleaseView Release(string commit, char image, params string[] types)
    {
        var user = new AccountRef(new AccountId(Guid.NewGuid()), "dev@example.com");
        var slug = new SlugView(
            Guid.NewGuid(),
            new BuildId(Guid.NewGuid()),
            new ImageRef("127.0.0.1:5001", $"apps/{App}", ImageDigest.Parse($"sha256:{new string(image, 64)}")),
            types.ToImmutableSortedDictionary(type => type, type => type),
            commit,
            1_000,
            "neeto-12",
            null,
            default
        );
        return new ReleaseView(
            new ReleaseId(Guid.NewGuid()),
            new ReleaseVersion(1),
            App,
            "Deploy",
            ReleaseStatus.Succeeded,
            user,
            slug,
            IsCurrent: true,
            IsEligibleForRollback: true,
            null,
            default,
            default
        );
    }
}
