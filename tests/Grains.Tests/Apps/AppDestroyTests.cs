using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Drivers.Fake.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
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
            "the app's work is done", () => !Cluster.Work.Has(WorkKinds.App, id.ToString()), () => Cluster.Clock.Advance(TimeSpan.FromSeconds(1)));
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
            "the app's work is done", () => !Cluster.Work.Has(WorkKinds.App, id.ToString()), () => Cluster.Clock.Advance(TimeSpan.FromSeconds(1)));
        Assert.Equal(BuildStatus.Cancelled, (await Grains.Build(id, build).GetAsync())!.Status);
        Assert.Empty(await Grains.Releases(id).ListAsync());
        await Grains.CreateAppAsync("shop");
    }
}
