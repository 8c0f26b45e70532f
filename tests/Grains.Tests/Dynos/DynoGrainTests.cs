using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Fake.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Dynos;

public sealed class DynoGrainTests : ClusterTests
{
    [Fact]
    public async Task A_web_dyno_that_never_listens_is_killed_after_60_seconds_with_R10()
    {
        Cluster.Probe.Shut();
        var app = await TestApp.ReleasedAsync(Cluster);
        await Eventually.HoldsAsync("web.1 is being probed", () => Cluster.Probe.Asked.Count == 1);

        await app.LoggedAsync(
            "heroku[web.1]: Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch",
            () => Pass(seconds: 10)
        );
        await app.LoggedAsync("heroku[web.1]: State changed from starting to crashed");
        await app.LoggedAsync("heroku[web.1]: Process exited with status 137", () => Pass());
    }

    [Fact]
    public async Task A_dyno_that_exits_is_started_again_at_once_and_then_after_growing_pauses()
    {
        Cluster.Engine.Run("web", FakePrograms.Exit(1));
        var app = await TestApp.ReleasedAsync(Cluster);

        await StartsAsync(app, 2); // the clock stands still
        await CrashedAsync(app);
        Cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await StartsAsync(app, 3);
        await CrashedAsync(app);
        Cluster.Clock.Advance(TimeSpan.FromSeconds(9));
        await app.Formation.EngineChangedAsync(DynoName.Parse("web.1"));
        Assert.Equal(3, Starts(app));
        await StartsAsync(app, 4, () => Pass());
    }

    [Fact]
    public async Task A_crash_is_answered_with_a_new_incarnation()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");
        var first = app.Newest("web.1");

        Cluster.Engine.Crash(first, 9);

        await app.LoggedAsync("heroku[web.1]: Process exited with status 9");
        await Eventually.HoldsAsync("web.1 is another incarnation", () => app.Observed() is [var only] && only != first, () => Pass());
        await app.UpAsync(3, "web.1");
        await app.LoggedAsync("heroku[web.1]: State changed from up to crashed");
        await app.LoggedAsync("heroku[web.1]: State changed from crashed to starting");
    }

    [Fact]
    public async Task A_dyno_killed_for_memory_is_told_of_with_R15()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");

        Cluster.Engine.Crash(app.Newest("web.1"), 137, outOfMemory: true);

        await app.LoggedAsync("heroku[web.1]: Error R15 (Memory quota vastly exceeded)");
        await app.UpAsync(3, ["web.1"], () => Pass());
    }

    [Fact]
    public async Task A_lost_container_is_replaced()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");
        var first = app.Newest("web.1");

        Cluster.Engine.Lose(first);

        await Eventually.HoldsAsync("web.1 is another incarnation", () => app.Observed() is [var only] && only != first, () => Pass());
    }

    [Fact]
    public async Task Power_loss_brings_everything_back()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.ScaleAsync("web", "3");
        await app.UpAsync(3, "web.1", "web.2", "web.3");
        var before = app.Observed();

        Cluster.Engine.LosePower();

        await Eventually.HoldsAsync(
            "every dyno is new",
            () => app.Observed().Count == 3 && !app.Observed().Intersect(before).Any(),
            () => Pass()
        );
        await app.UpAsync(3, ["web.1", "web.2", "web.3"], () => Pass());
    }

    [Fact]
    public async Task A_create_whose_answer_was_lost_makes_no_second_container()
    {
        Cluster.Engine.Faults.LoseNextAnswer(nameof(IDynoDriver.EnsureAsync));

        var app = await TestApp.ReleasedAsync(Cluster);

        await app.UpAsync(3, ["web.1"], () => Pass());
        Assert.Equal(1, Assert.Single(app.Observed()).Generation);
    }

    [Fact]
    public async Task While_the_engine_is_down_nothing_changes_and_afterwards_work_goes_on()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");
        var first = app.Newest("web.1");
        Cluster.Engine.Faults.BeginOutage();
        Cluster.Engine.BreakWatches();
        await app.ScaleAsync("web", "2");
        var calls = Cluster.Engine.Faults.Calls(nameof(IDynoDriver.ObserveAsync));
        await Eventually.HoldsAsync(
            "the engine was asked several times",
            () => Cluster.Engine.Faults.Calls(nameof(IDynoDriver.ObserveAsync)) > calls + 3,
            () => Pass(seconds: 5)
        );
        Assert.Equal(DynoStatus.Up, (await app.DynosAsync()).Single(dyno => dyno.Name.Ordinal == 1).Status);
        var announced = (await app.DynosAsync()).Single(dyno => dyno.Name.Ordinal == 2).Id;

        Cluster.Engine.Faults.EndOutage();

        await app.UpAsync(3, ["web.1", "web.2"], () => Pass(seconds: 5));
        Assert.Equal(first, app.Newest("web.1"));
        Assert.Equal(announced, (await app.DynosAsync()).Single(dyno => dyno.Name.Ordinal == 2).Id);
        Assert.NotEqual(Guid.Empty, announced);
    }

    [Fact]
    public async Task An_image_that_is_gone_shows_as_a_crash_with_the_reason()
    {
        var app = await TestApp.CreateAsync(Cluster);
        Cluster.Engine.LoseImage(
            new Core.Images.ImageRef("127.0.0.1:5001", $"apps/{app.Id}", Core.Images.ImageDigest.FromHash(new byte[32]))
        );

        await app.ReleaseAsync();

        await Eventually.SeesAsync("web.1 is crashed", app.DynosAsync, dynos => dynos is [{ Status: DynoStatus.Crashed }], () => Pass());
        Assert.Contains(
            app.Log(),
            line => line.StartsWith("heroku[web.1]: Error R99 (Platform error) -> The dyno cannot be started", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_process_that_ignores_SIGTERM_is_killed_after_30_seconds_with_R12()
    {
        Cluster.Engine.Run("web", FakePrograms.IgnoreTermination);
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");

        await app.ScaleAsync("web", "0");
        await app.LoggedAsync("heroku[web.1]: Stopping all processes with SIGTERM", () => Pass());
        await Eventually.HoldsAsync("nothing is left", () => app.Observed().Count == 0, () => Pass(seconds: 1));

        Assert.Contains(
            "heroku[web.1]: Error R12 (Exit timeout) -> At least one process failed to exit within 30 seconds of SIGTERM",
            app.Log()
        );
    }

    [Fact]
    public async Task An_old_dyno_is_not_stopped_while_a_router_still_sends_to_it()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");
        var table = Grains.RouteTable();
        await table.ReportAsync(new RouterReport("a", 1, []));

        await app.ReleaseAsync();
        await Eventually.HoldsAsync("the new one serves", async () => await IsServedByAsync(app, 4), () => KeepRouterAlive(1));
        Assert.Equal(2, app.Observed().Count);
        Assert.DoesNotContain("heroku[web.1]: Stopping all processes with SIGTERM", app.Log());

        await app.UpAsync(4, ["web.1"], () => KeepRouterAlive(1_000));
        void KeepRouterAlive(long version)
        {
            table.ReportAsync(new RouterReport("a", version, [])).Ignore();
            Pass();
        }
    }

    [Fact]
    public async Task Running_dynos_are_adopted_by_the_next_silo_with_their_output()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");
        var first = app.Newest("web.1");
        Cluster.Engine.Write(first, "before");
        await app.LoggedAsync("app[web.1]: before");

        await Cluster.CrashAsync();
        Cluster.Engine.Write(first, "after");

        await app.LoggedAsync("app[web.1]: after", () => Pass());
        Assert.Equal(first, Assert.Single(app.Observed()));
        Assert.Equal(
            ["app[web.1]: before", "app[web.1]: after"],
            app.Log().Where(line => line.StartsWith("app[web.1]", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_dyno_that_died_while_the_silo_was_away_is_started_again()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");
        var first = app.Newest("web.1");

        await Cluster.CrashAsync(meanwhile: () => Cluster.Engine.Crash(first, 3));

        await Eventually.HoldsAsync("web.1 is another incarnation", () => app.Observed() is [var only] && only != first, () => Pass());
    }

    [Fact]
    public async Task A_dyno_whose_container_was_removed_while_the_silo_was_away_is_started_again()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");
        var first = app.Newest("web.1");

        await Cluster.CrashAsync(meanwhile: () => Cluster.Engine.Lose(first));

        await Eventually.HoldsAsync("web.1 is another incarnation", () => app.Observed() is [var only] && only != first, () => Pass());
    }

    private static async Task<bool> IsServedByAsync(TestApp app, int version) =>
        (await app.DynosAsync()).All(dyno => dyno.Version.Number == version && dyno.Status == DynoStatus.Up);

    private static int Starts(TestApp app) =>
        app.Log().Count(line => line == "heroku[web.1]: Starting process with command `node server.js`");

    private static Task StartsAsync(TestApp app, int count, Action? meanwhile = null) =>
        Eventually.SeesAsync($"{count} starts", () => Task.FromResult(Starts(app)), starts => starts == count, meanwhile);

    private static Task CrashedAsync(TestApp app) =>
        Eventually.SeesAsync(
            "web.1 is crashed",
            app.DynosAsync,
            dynos => dynos is [{ Status: DynoStatus.Crashed }] && app.Observed().Count == 0
        );

    private void Pass(int seconds = 0) =>
        Cluster.Clock.Advance(seconds == 0 ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(seconds));
}
