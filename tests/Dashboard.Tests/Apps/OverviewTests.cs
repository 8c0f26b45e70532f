using System.Collections.Immutable;
using Bunit;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Dashboard.Apps;
using NeetoDeploy.Dashboard.Tests.Host;
using NeetoDeploy.Drivers.Fake.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Dashboard.Tests.Apps;

public sealed class OverviewTests(ClusterFixture cluster) : PageTests(cluster)
{
    [Fact]
    public async Task A_build_in_progress_is_there_with_its_phase_until_it_has_ended()
    {
        var detected = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        Cluster.Builder.Program = async (_, output, _) =>
        {
            await detected.Task;
            await output.PhaseAsync(new PhaseTiming(BuildPhase.Detect, TimeSpan.FromSeconds(1)));
            await end.Task;
            return new Drivers.Abstractions.Builds.BuildOutcome.Failed(new BuildFailure(BuildPhase.Build, 1, "npm failed"));
        };
        var owner = await NewAccountAsync();
        var app = await NewAppAsync(owner);
        SignIn(owner);
        var overview = Render<OverviewPage>(parameters => parameters.Add(page => page.Name, app.Name.ToString()));
        await ShowsAsync(overview, "Deploy it");
        Assert.DoesNotContain("Build in progress", overview.Markup, StringComparison.Ordinal);

        CallContext.Act(owner);
        var source = new SourceRef("https://code.example/shop.tgz", null, null);
        Assert.True((await Cluster.Grains.App(app.Id).StartBuildAsync(new StartBuild(new BuildId(Guid.NewGuid()), source, []))).IsOk);

        await ShowsAsync(overview, "Build in progress");
        await ShowsAsync(overview, "· prepare");
        detected.SetResult();
        await ShowsAsync(overview, "· after detect");
        end.SetResult();
        await Eventually.HoldsAsync(
            "the build is in progress no more",
            () => !overview.Markup.Contains("Build in progress", StringComparison.Ordinal),
            () => Cluster.Clock.Advance(TimeSpan.FromMilliseconds(100))
        );
        Assert.Contains("failed", overview.Find(".events").TextContent, StringComparison.Ordinal);
    }
}
