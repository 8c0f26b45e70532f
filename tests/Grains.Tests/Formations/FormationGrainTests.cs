using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Formations;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Formations;

public sealed class FormationGrainTests : ClusterTests
{
    [Fact]
    public async Task The_first_release_brings_one_web_dyno_up()
    {
        var app = await TestApp.ReleasedAsync(Cluster, ("web", "node server.js"), ("worker", "node worker.js"), ("release", "migrate"));

        await app.UpAsync(3, "web.1");

        Assert.Equal([("web", 1), ("worker", 0)], (await app.Formation.GetAsync()).Select(row => (row.Type.ToString(), row.Quantity)));
        var spec = Assert.Single(Cluster.Engine.Specs, spec => spec.Key == app.Newest("web.1"));
        Assert.Equal("web.1", spec.Environment["DYNO"]);
        Assert.Equal("/app", spec.Environment["HOME"]);
        Assert.InRange(int.Parse(spec.Environment["PORT"], null), 10_000, 29_999);
        await app.LoggedAsync("heroku[web.1]: Starting process with command `node server.js`");
        await app.LoggedAsync("heroku[web.1]: State changed from starting to up");
    }

    [Fact]
    public async Task Scale_up_and_down_adds_and_stops_the_newest()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");

        await app.ScaleAsync("web", "3");
        await app.UpAsync(3, "web.1", "web.2", "web.3");
        var first = app.Newest("web.1");

        await app.ScaleAsync("web", "-1");
        await app.UpAsync(3, ["web.1", "web.2"], Pass);

        Assert.Equal(first, app.Newest("web.1"));
        await app.LoggedAsync("heroku[web.3]: State changed from up to down");
        await app.LoggedAsync("heroku[web.3]: Process exited with status 143");
        await app.LoggedAsync("app[api]: Scaled to web@3:Standard-1X by user platform@neetodeploy");
    }

    [Fact]
    public async Task Scaling_is_all_or_nothing()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");

        var refused = await app.Formation.ScaleAsync([new ScaleChange("web", "4", null), new ScaleChange("clock", "1", null)]);

        Assert.Equal(ErrorCodes.FormationUnknownProcessType, refused.Error?.Code);
        Assert.Equal(1, Assert.Single(await app.Formation.GetAsync()).Quantity);
    }

    [Fact]
    public async Task A_new_release_replaces_every_dyno_without_a_moment_without_one()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.ScaleAsync("web", "3");
        await app.UpAsync(3, "web.1", "web.2", "web.3");
        var fewest = 3;

        await app.ReleaseAsync();
        await app.UpAsync(
            4,
            ["web.1", "web.2", "web.3"],
            () =>
            {
                Pass();
                fewest = Math.Min(fewest, app.Observed().Count);
            }
        );

        Assert.Equal(3, fewest);
        var route = await RouteAsync(app);
        Assert.Equal(RouteState.Serving, route.State);
        Assert.All(route.Targets, target => Assert.Equal(4, target.Release.Number));
        Assert.Equal(3, route.Targets.Length);
    }

    [Fact]
    public async Task A_release_that_does_not_boot_leaves_the_old_one_serving()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");
        Cluster.Probe.Shut();
        Cluster.Engine.Run("web", Drivers.Fake.Dynos.FakePrograms.Exit(1, "boom"));

        await app.ReleaseAsync();
        await app.LoggedAsync("heroku[web.1]: State changed from starting to crashed", Pass);
        await app.LoggedAsync("app[web.1]: boom", Pass);

        Assert.Equal(3, Assert.Single((await RouteAsync(app)).Targets).Release.Number);
    }

    [Fact]
    public async Task Restart_replaces_what_was_selected_and_nothing_else()
    {
        var app = await TestApp.ReleasedAsync(Cluster, ("web", "a"), ("worker", "b"));
        await app.ScaleAsync("worker", "1");
        await app.UpAsync(3, "web.1", "worker.1");
        var (web, worker) = (app.Newest("web.1"), app.Newest("worker.1"));

        Assert.True((await app.Formation.RestartAsync("web")).IsOk);
        await Eventually.HoldsAsync("web.1 is another incarnation", () => app.Newest("web.1") != web, Pass);
        await app.UpAsync(3, ["web.1", "worker.1"], Pass);

        Assert.Equal(worker, app.Newest("worker.1"));
        Assert.Equal(ErrorCodes.DynoNotFound, (await app.Formation.RestartAsync("clock")).Error?.Code);
    }

    [Fact]
    public async Task A_config_change_restarts_on_a_new_release()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");

        var patch = System.Collections.Immutable.ImmutableSortedDictionary<string, string?>.Empty.Add("COLOUR", "red");
        Assert.True((await app.Releases.UpdateConfigVarsAsync(patch)).IsOk);
        await app.UpAsync(4, ["web.1"], Pass);

        Assert.Equal("red", Cluster.Engine.Specs.Single(spec => spec.Key == app.Newest("web.1")).Environment["COLOUR"]);
    }

    [Fact]
    public async Task The_route_follows_what_the_app_is_in()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");
        await RouteIsAsync(app, RouteState.Serving);

        await Grains.App(app.Id).SetMaintenanceAsync(true);
        await RouteIsAsync(app, RouteState.Maintenance);
        await Grains.App(app.Id).SetMaintenanceAsync(false);
        await RouteIsAsync(app, RouteState.Serving);
        await app.ScaleAsync("web", "0");
        await RouteIsAsync(app, RouteState.NoWebDynos);

        Assert.Contains((await RouteAsync(app)).Hosts, host => host.EndsWith(".localhost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_destroyed_app_leaves_nothing_behind()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.ScaleAsync("web", "2");
        await app.UpAsync(3, "web.1", "web.2");
        await app.Formation.OpenRunAsync(new Core.Runs.RunId(Guid.NewGuid()), Core.Formations.ProcessType.Parse("run")); // and its silo died

        await Grains.App(app.Id).DestroyAsync();

        await Eventually.HoldsAsync(
            "the engine is clean",
            () => app.Observed().Count == 0 && Cluster.Engine.RemovedApps.Contains(app.Id),
            Pass
        );
        await Eventually.HoldsAsync("no route is left", async () => (await TableAsync()).All(route => route.App != app.Id), Pass);
        await Eventually.HoldsAsync("no work is left", () => !Cluster.Work.Has("formation", app.Id.ToString()), Pass);
    }

    [Fact]
    public async Task A_rollout_is_finished_by_the_next_silo()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.ScaleAsync("web", "2");
        await app.UpAsync(3, "web.1", "web.2");
        Cluster.Probe.Shut();
        await app.ReleaseAsync();
        await Eventually.HoldsAsync("a new incarnation has been started", () => app.Observed().Any(key => key.Release.Number == 4));

        await Cluster.CrashAsync();
        Cluster.Probe.Open();

        await app.UpAsync(4, ["web.1", "web.2"], Pass);
    }

    [Fact]
    public async Task The_routers_know_an_app_before_its_first_release()
    {
        var app = await TestApp.CreateAsync(Cluster);

        await Eventually.SeesAsync(
            "the route of a blank app",
            async () => (await TableAsync()).SingleOrDefault(route => route.App == app.Id),
            route => route is { State: RouteState.Blank, Hosts.Length: 1 },
            Pass
        );
    }

    private void Pass() => Cluster.Clock.Advance(TimeSpan.FromMilliseconds(200));

    private async Task<IReadOnlyList<AppRoute>> TableAsync() =>
        (await Grains.RouteTable().FollowAsync(Running(new Routing.RouteRecorder()))).Table!.Value;

    private Interfaces.Routing.IRouteObserver Running(Routing.RouteRecorder recorder) =>
        Grains.CreateObjectReference<Interfaces.Routing.IRouteObserver>(recorder);

    private async Task<AppRoute> RouteAsync(TestApp app) => (await TableAsync()).Single(route => route.App == app.Id);

    private Task RouteIsAsync(TestApp app, RouteState expected) =>
        Eventually.SeesAsync($"the route is {expected}", () => RouteAsync(app), route => route.State == expected, Pass);
}
