using NeetoDeploy.Core.Builds;
using static NeetoDeploy.Core.Builds.BuildStatus;
using static NeetoDeploy.Core.Builds.BuildTrigger;

namespace NeetoDeploy.Core.Tests.Builds;

public sealed class BuildTransitionsTests
{
    [Fact]
    public void Every_pair_of_status_and_trigger_is_a_decision()
    {
        var decided = new Dictionary<(BuildStatus, BuildTrigger), BuildStatus?>
        {
            [(Queued, Start)] = Running,
            [(Queued, Succeed)] = null,
            [(Queued, Fail)] = Failed,
            [(Queued, Cancel)] = Cancelled,
            [(Running, Start)] = Running,
            [(Running, Succeed)] = Succeeded,
            [(Running, Fail)] = Failed,
            [(Running, Cancel)] = Cancelled,
        };
        foreach (var end in new[] { Succeeded, Failed, Cancelled })
        foreach (var trigger in Enum.GetValues<BuildTrigger>())
            decided[(end, trigger)] = null;

        Assert.Equal(Enum.GetValues<BuildStatus>().Length * Enum.GetValues<BuildTrigger>().Length, decided.Count);
        Assert.All(decided, pair => Assert.Equal(pair.Value, BuildTransitions.Next(pair.Key.Item1, pair.Key.Item2)));
    }

    [Fact]
    public void Only_an_end_is_an_end() =>
        Assert.Equal([Succeeded, Failed, Cancelled], Enum.GetValues<BuildStatus>().Where(s => s.IsEnd()));
}
