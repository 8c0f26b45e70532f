using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Routing;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Routing;

public sealed class RouteTableGrainTests : ClusterTests
{
    private readonly AppId app = new(Guid.NewGuid());
    private readonly RouteRecorder recorder = new();

    private IRouteTableGrain Table => Grains.RouteTable();

    [Fact]
    public async Task Followers_get_the_table_and_then_each_change_once()
    {
        await Table.PublishAsync(Route("10.0.0.1"));
        var first = await Table.FollowAsync(Grains.CreateObjectReference<IRouteObserver>(recorder));
        Assert.Equal("10.0.0.1", Assert.Single(Assert.Single(first.Table!.Value).Targets).Address);

        var version = await Table.PublishAsync(Route("10.0.0.2"));
        Assert.Equal(version, await Table.PublishAsync(Route("10.0.0.2")));
        await Table.RemoveAsync(app);

        await Eventually.HoldsAsync("two changes arrived", () => recorder.Messages.Count == 2);
        Assert.Equal([version, version + 1], recorder.Messages.Select(message => message.Version).Order());
        Assert.Equal(app, recorder.Messages.MaxBy(message => message.Version)!.Removed);
        Assert.True(version > first.Version);
    }

    [Fact]
    public async Task Routes_and_their_order_outlive_the_silo()
    {
        var version = await Table.PublishAsync(Route("10.0.0.1"));

        await Cluster.CrashAsync();

        var again = await Table.FollowAsync(Grains.CreateObjectReference<IRouteObserver>(recorder));
        Assert.Equal(app, Assert.Single(again.Table!.Value).App);
        Assert.True(again.Version > version);
    }

    [Fact]
    public async Task An_endpoint_is_drained_when_the_router_says_so()
    {
        await Table.PublishAsync(Route("10.0.0.1"));
        var version = await Table.PublishAsync(Route("10.0.0.2"));

        await Table.ReportAsync(new RouterReport("a", version - 1, []));
        Assert.False(await Table.IsDrainedAsync("10.0.0.1:5000"));
        await Table.ReportAsync(new RouterReport("a", version, ["10.0.0.1:5000"]));
        Assert.False(await Table.IsDrainedAsync("10.0.0.1:5000"));
        await Table.ReportAsync(new RouterReport("a", version, []));

        Assert.True(await Table.IsDrainedAsync("10.0.0.1:5000"));
        Assert.False(await Table.IsDrainedAsync("10.0.0.2:5000"));
    }

    private AppRoute Route(string address) =>
        new(
            app,
            AppName.Parse("shop"),
            RouteState.Serving,
            ["shop.localhost"],
            [new RouteTarget(DynoName.Parse("web.1"), new ReleaseVersion(1), address, 5000)]
        );
}
