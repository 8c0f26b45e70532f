using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Runs;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Abstractions.Images;
using NeetoDeploy.Drivers.Fake.Builds;
using NeetoDeploy.Grains.Apps;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Runs;
using NeetoDeploy.Grains.Reconciling;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Apps;

public sealed class AppDestroyTests : ClusterTests
{
    [Fact]
    public async Task A_destroyed_app_is_gone_at_once_and_leaves_nothing()
    {
        var id = await Grains.CreateAppAsync("shop");
        await Grains.App(id).AddDomainAsync("www.example.com");
        await Cluster.DeployAsync(id);

        Assert.True((await Grains.App(id).DestroyAsync()).IsOk);

        Assert.Null(await Grains.App(id).GetAsync());
        Assert.Equal(ErrorCodes.AppNotFound, (await Grains.App(id).DestroyAsync()).Error?.Code);
        Assert.Empty((await Cluster.ReadModel.ListAppsAsync(null, new PageRange("name", null, false, null, 1000, false), Cancel)).Rows);
        await Eventually.HoldsAsync(
            "the app's work is done",
            () => !Cluster.Work.Has(WorkKinds.App, id.ToString()),
            () => Cluster.Clock.Advance(TimeSpan.FromSeconds(1))
        );
        Assert.Empty(await Grains.Releases(id).ListAsync());
        Assert.Contains(id, Cluster.Builder.Purged);
        Assert.Empty(await Cluster.Engine.ObserveAsync(id, Cancel));
        var next = await Grains.CreateAppAsync("shop");
        Assert.True((await Grains.App(next).AddDomainAsync("www.example.com")).IsOk);
        Assert.Equal(ErrorCodes.AppNotFound, (await Grains.App(id).CreateAsync(new CreateApp("again", null))).Error?.Code);
    }

    [Fact]
    public async Task Destroying_an_app_stops_its_build_and_survives_a_crash()
    {
        Cluster.Builder.Program = FakeBuildPrograms.Hang;
        var id = await Grains.CreateAppAsync("shop");
        var build = await Grains.StartBuildAsync(id);
        await Cluster.BuildIsAsync(id, build, BuildStatus.Running);

        Assert.True((await Grains.App(id).DestroyAsync()).IsOk);
        await Cluster.CrashAsync();

        await Eventually.HoldsAsync(
            "the app's work is done",
            () => !Cluster.Work.Has(WorkKinds.App, id.ToString()),
            () => Cluster.Clock.Advance(TimeSpan.FromSeconds(1))
        );
        Assert.Contains(build, Cluster.Builder.CleanedUp);
        Assert.Null(await Grains.Build(id, build).GetAsync());
        Assert.Empty(await Grains.Releases(id).ListAsync());
        await Grains.CreateAppAsync("shop");
    }

    [Theory]
    [InlineData(nameof(IImageStore.RemoveRepositoryAsync))]
    [InlineData(nameof(IBuildDriver.PurgeCacheAsync))]
    [InlineData(nameof(IDynoDriver.RemoveAppAsync))]
    public async Task Nothing_of_a_destroyed_app_stays_anywhere_whatever_fails_once(string operation)
    {
        var app = await TestApp.CreateAsync(Cluster);
        Cluster.Builder.Program = Cluster.StoredAsync;
        Cluster.Builder.ProcessTypes = Cluster.Builder.ProcessTypes.Add("release", "migrate");
        await Cluster.DeployAsync(app.Id);
        await app.UpAsync(3, ["web.1"], Pass);
        await app.ScaleAsync("web", "2");
        await app.UpAsync(3, ["web.1", "web.2"], Pass);
        await app.ScaleAsync("web", "1");
        await app.UpAsync(3, ["web.1"], Pass);
        var run = await RunOnceAsync(app);
        Cluster.Builder.Program = FakeBuildPrograms.Fail(BuildPhase.Build, 51, "no such package");
        await Cluster.BuildIsAsync(app.Id, await Grains.StartBuildAsync(app.Id), BuildStatus.Failed);
        // Two builds and a release phase. A build says why it failed after it has.
        await Eventually.SeesAsync("three outputs", () => Task.FromResult(Cluster.Outputs.All.Count), count => count == 3);
        Assert.Contains(ImageRepositories.Of(app.Id), Cluster.Images.Repositories);

        Cluster.Images.Faults.LoseNextAnswer(operation);
        Cluster.Builder.Faults.LoseNextAnswer(operation);
        Cluster.Engine.Faults.FailNext(operation);
        Assert.True((await Grains.App(app.Id).DestroyAsync()).IsOk);
        await GoneAsync(app.Id);

        Assert.Empty(Cluster.Outputs.All);
        Assert.Empty(Cluster.Images.Repositories);
        Assert.Empty(Cluster.Engine.Images);
        Assert.Empty(app.Observed());
        Assert.Contains(app.Id, Cluster.Repositories.Removed);
        Assert.Contains(app.Id, Cluster.Builder.Purged);
        Assert.Null(await Grains.Run(app.Id, run).GetAsync());
        // The tombstone of the app's id.
        Assert.Equal([$"{AppState.StateName}|{app.Id}"], Cluster.States.Of(app.Id.ToString()));
    }

    [Fact]
    public async Task A_destroyed_app_takes_no_one_off_dyno()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");
        await Grains.App(app.Id).DestroyAsync();

        var refused = await Grains.Run(app.Id, new RunId(Guid.NewGuid())).StartAsync(Command(app));

        Assert.Equal(ErrorCodes.AppNotFound, refused.Error?.Code);
    }

    [Fact]
    public async Task Only_the_newest_builds_are_remembered()
    {
        var app = await Grains.CreateAppAsync("shop");
        var first = await Cluster.DeployAsync(app);
        Cluster.Builder.Program = FakeBuildPrograms.Fail(BuildPhase.Build, 51, "no such package");
        for (var i = 0; i < AppGrain.BuildsKept; i++)
            await Cluster.BuildIsAsync(app, await Grains.StartBuildAsync(app), BuildStatus.Failed, Pass);

        await Eventually.HoldsAsync("the first build is forgotten", async () => await Grains.Build(app, first.Id).GetAsync() is null, Pass);

        Assert.DoesNotContain(first.Output, Cluster.Outputs.All);
        var page = await Cluster.ReadModel.ListBuildsAsync(app, new PageRange("id", null, false, null, 1000, false), Cancel);
        Assert.Equal(AppGrain.BuildsKept, page.Rows.Length);
    }

    private async Task<RunId> RunOnceAsync(TestApp app)
    {
        var run = new RunId(Guid.NewGuid());
        await Grains.Run(app.Id, run).StartAsync(Command(app));
        await Eventually.HoldsAsync("the run has ended", async () => (await Grains.Run(app.Id, run).GetAsync())!.HasEnded, Pass);
        return run;
    }

    private static StartRun Command(TestApp app) =>
        new("run", "true", ImmutableSortedDictionary<string, string>.Empty, null, null, null, null, false, app.Owner);

    private Task GoneAsync(AppId app) =>
        Eventually.HoldsAsync(
            "the app's work is done",
            () => !Cluster.Work.Has(WorkKinds.App, app.ToString()) && !Cluster.Work.Has(WorkKinds.Formation, app.ToString()),
            () => Cluster.Clock.Advance(TimeSpan.FromSeconds(1))
        );

    private void Pass() => Cluster.Clock.Advance(TimeSpan.FromMilliseconds(200));
}
