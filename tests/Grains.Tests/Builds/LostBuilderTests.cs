using System.Collections.Concurrent;
using System.Text;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Reconciling;
using NeetoDeploy.Grains.Tests.Apps;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Builds;

/// <summary>The builder, or the engine behind it, is lost while a build runs.</summary>
public sealed class LostBuilderTests : ClusterTests
{
    [Fact]
    public async Task The_pause_before_the_next_attempt_doubles()
    {
        var begins = new ConcurrentQueue<DateTimeOffset>();
        Cluster.Builder.Program = (_, _, _) =>
        {
            begins.Enqueue(Cluster.Clock.GetUtcNow());
            throw Lost();
        };
        var app = await Grains.CreateAppAsync();
        await Cluster.BuildIsAsync(app, await Grains.StartBuildAsync(app), BuildStatus.Failed, () => Advance(0.25));
        var times = begins.ToArray();
        Assert.Equal(3, times.Length);
        Assert.InRange(times[1] - times[0], TimeSpan.FromSeconds(1), TimeSpan.MaxValue);
        Assert.InRange(times[2] - times[1], TimeSpan.FromSeconds(2), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task A_build_waits_for_an_engine_that_went_away_and_goes_on_when_it_is_back()
    {
        Cluster.Builder.Program = LoseEngine;
        var app = await Grains.CreateAppAsync();
        var id = await Grains.StartBuildAsync(app);
        await WaitsAsync(id);
        Cluster.Builder.Program = null;

        Cluster.Builder.Faults.EndOutage();

        var build = await Cluster.BuildIsAsync(app, id, BuildStatus.Succeeded, () => Advance(1));
        Assert.Equal(2, build.Attempt);
        Assert.Contains(id, Cluster.Builder.CleanedUp);
        var told = await OutputAsync(id);
        Assert.Contains("-----> The build was interrupted: the engine is lost\n       It begins anew in 1 s\n", told);
        Assert.Equal(2, told.Split("-----> Waiting for the builder").Length);
    }

    [Fact]
    public async Task A_build_does_not_wait_for_ever_for_an_engine_that_is_away_from_the_start()
    {
        Cluster.Builder.Faults.BeginOutage();
        var app = await Grains.CreateAppAsync();
        var build = await Cluster.BuildIsAsync(app, await Grains.StartBuildAsync(app), BuildStatus.Failed, () => Advance(5));
        Assert.Equal("the builder was not there for 2 minutes: The fake engine is down.", build.Failure!.Message);
        Assert.Equal(0, build.Attempt);
    }

    [Fact]
    public async Task A_build_ends_while_the_engine_is_away_and_what_it_left_is_removed_when_it_is_back()
    {
        Cluster.Builder.Program = LoseEngine;
        var app = await Grains.CreateAppAsync();
        var id = await Grains.StartBuildAsync(app);
        await Cluster.BuildIsAsync(app, id, BuildStatus.Failed, () => Advance(5));
        await Eventually.HoldsAsync("the end is told", () => IsToldAsync(id, "Build failed: the builder was not there for 2 minutes"));
        await Eventually.HoldsAsync("the app goes on", () => !Cluster.Work.Has(WorkKinds.App, $"{app}"));
        Assert.Empty(Cluster.Builder.CleanedUp);
        Assert.True(Cluster.Work.Has(WorkKinds.Build, $"{app}/{id}"));

        Cluster.Builder.Faults.EndOutage();

        await Eventually.HoldsAsync("what was left is removed", () => Cluster.Builder.CleanedUp.Contains(id), () => Advance(30));
        await Eventually.HoldsAsync("the build's work is done", () => !Cluster.Work.Has(WorkKinds.Build, $"{app}/{id}"));
    }

    [Fact]
    public async Task A_build_is_cancelled_while_the_engine_is_away()
    {
        Cluster.Builder.Program = LoseEngine;
        var app = await Grains.CreateAppAsync();
        var id = await Grains.StartBuildAsync(app);
        await WaitsAsync(id);
        Assert.True((await Grains.Build(app, id).CancelAsync("enough")).IsOk);
        await Cluster.BuildIsAsync(app, id, BuildStatus.Cancelled);
        await Eventually.HoldsAsync("the end is told", () => IsToldAsync(id, "Build cancelled: enough"));
    }

    [Fact]
    public async Task A_build_whose_steps_cannot_be_stored_says_so_and_goes_on_when_they_can()
    {
        Cluster.Builder.Program = (job, output, cancel) =>
        {
            Cluster.States.FailNextWrites(int.MaxValue);
            return Cluster.Builder.SucceedAsync(job, output, cancel);
        };
        var app = await Grains.CreateAppAsync();
        var id = await Grains.StartBuildAsync(app);
        await Eventually.SeesAsync(
            "the trouble is shown",
            async () => (await Grains.Build(app, id).GetAsync())!.Trouble,
            trouble => trouble == "The fake disk is full.",
            () => Advance(1)
        );
        Cluster.Builder.Program = null;

        Cluster.States.FailNextWrites(0);

        var build = await Cluster.BuildIsAsync(app, id, BuildStatus.Succeeded, () => Advance(5));
        Assert.Null(build.Trouble);
    }

    [Fact]
    public async Task A_build_on_a_stack_that_somebody_has_to_see_to_fails_at_once_with_the_reason()
    {
        Cluster.Builder.NotReady = new DriverException(DriverErrorKind.Invalid, "stack.not_prepared", "The stack heroku-24 is not there.");
        var app = await Grains.CreateAppAsync();
        var build = await Cluster.BuildIsAsync(app, await Grains.StartBuildAsync(app), BuildStatus.Failed);
        Assert.Equal(("The stack heroku-24 is not there.", 0), (build.Failure!.Message, build.Attempt));
    }

    private static DriverException Lost() => new(DriverErrorKind.Unavailable, "engine.unavailable", "the engine is lost");

    private Task<BuildOutcome> LoseEngine(BuildJob job, IBuildOutput output, CancellationToken cancel)
    {
        Cluster.Builder.Faults.BeginOutage();
        throw Lost();
    }

    private Task WaitsAsync(BuildId id) =>
        Eventually.HoldsAsync("the wait is told", () => IsToldAsync(id, "Waiting for the builder"), () => Advance(1));

    private async Task<bool> IsToldAsync(BuildId id, string text) => (await OutputAsync(id)).Contains(text, StringComparison.Ordinal);

    private async Task<string> OutputAsync(BuildId id) =>
        Encoding.UTF8.GetString(await Cluster.Outputs.ReadAsync(new OutputId(id.Value), 0, int.MaxValue, Cancel));

    private void Advance(double seconds) => Cluster.Clock.Advance(TimeSpan.FromSeconds(seconds));
}
