using NeetoDeploy.Core.Releases;
using static NeetoDeploy.Core.Releases.ReleaseStatus;
using static NeetoDeploy.Core.Releases.ReleaseTrigger;

namespace NeetoDeploy.Core.Tests.Releases;

public sealed class ReleaseRulesTests
{
    [Fact]
    public void Every_pair_of_status_and_trigger_is_a_decision()
    {
        var decided = new Dictionary<(ReleaseStatus, ReleaseTrigger), ReleaseStatus?>
        {
            [(Pending, PhaseSucceeded)] = Succeeded,
            [(Pending, PhaseFailed)] = Failed,
            [(Pending, Overtaken)] = Expired,
        };
        foreach (var end in new[] { Succeeded, Failed, Expired })
        foreach (var trigger in Enum.GetValues<ReleaseTrigger>())
            decided[(end, trigger)] = null;

        Assert.Equal(Enum.GetValues<ReleaseStatus>().Length * Enum.GetValues<ReleaseTrigger>().Length, decided.Count);
        Assert.All(decided, pair => Assert.Equal(pair.Value, ReleaseTransitions.Next(pair.Key.Item1, pair.Key.Item2)));
    }

    [Fact]
    public void A_release_without_a_phase_succeeds_at_once()
    {
        Assert.Equal(Succeeded, ReleaseTransitions.First(hasReleasePhase: false));
        Assert.Equal(Pending, ReleaseTransitions.First(hasReleasePhase: true));
    }

    [Theory]
    [InlineData("FOO", "", "Set FOO config vars")]
    [InlineData("A B", "", "Set A, B config vars")]
    [InlineData("", "FOO", "Remove FOO config vars")]
    [InlineData("A", "B C", "Set A config vars, remove B, C config vars")]
    public void A_change_of_config_vars_is_described_in_Herokus_words(string set, string removed, string expected) =>
        Assert.Equal(expected, ReleaseDescriptions.ConfigVars(Words(set), Words(removed)));

    [Theory]
    [InlineData("1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d", "Deploy 1a2b3c4d")]
    [InlineData("v1.2.3-beta", "Deploy v1.2.3-beta")]
    [InlineData(null, "Deploy")]
    public void A_deploy_names_its_commit_by_eight_digits(string? version, string expected) =>
        Assert.Equal(expected, ReleaseDescriptions.Deploy(version));

    [Fact]
    public void A_rollback_names_its_target() => Assert.Equal("Rollback to v3", ReleaseDescriptions.Rollback(new ReleaseVersion(3)));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
