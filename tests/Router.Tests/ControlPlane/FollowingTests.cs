using System.Net;
using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Router.Tests.ControlPlane;

public sealed class FollowingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_takes_effect_and_is_reported()
    {
        await using var one = await FakeWebDyno.StartAsync("one");
        await using var two = await FakeWebDyno.StartAsync("two");
        var route = RunningRouter.Serving("shop", one.Target);
        await using var router = await RunningRouter.StartAsync(route);
        Assert.Equal("one", await router.Client().GetStringAsync("/", Cancel));

        await router.PublishAsync(route with { Targets = [two.Target] });

        Assert.Equal("two", await router.Client().GetStringAsync("/", Cancel));
        await Eventually.HoldsAsync(() => router.ControlPlane.Reports.Any(report => report.Version == 2), () => "a report of version 2");
        await router.RemoveAsync(route.App);
        Assert.Equal(HttpStatusCode.NotFound, (await router.Client().GetAsync("/", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_removed_target_drains_until_its_last_request_has_ended()
    {
        var release = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        await using var old = await FakeWebDyno.StartAsync(async context =>
        {
            asked.TrySetResult();
            await release.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("old");
        });
        await using var replacement = await FakeWebDyno.StartAsync("new");
        var route = RunningRouter.Serving("shop", old.Target);
        await using var router = await RunningRouter.StartAsync(route);
        var slow = router.Client().GetStringAsync("/", Cancel);
        await asked.Task;

        await router.PublishAsync(route with { Targets = [replacement.Target] });

        await Eventually.HoldsAsync(
            () => router.ControlPlane.Reports.LastOrDefault() is { Version: 2 } last && last.Draining.SequenceEqual([old.Target.Endpoint]),
            () => "a report that the old dyno drains"
        );
        Assert.Equal("new", await router.Client().GetStringAsync("/", Cancel));
        release.SetResult();
        Assert.Equal("old", await slow);
        await Eventually.HoldsAsync(
            () => router.ControlPlane.Reports.Last() is { Version: 2, Draining: [] },
            () => "a report that nothing drains"
        );
    }

    [Fact]
    public async Task A_router_serves_on_while_the_control_plane_is_away_and_follows_again()
    {
        await using var one = await FakeWebDyno.StartAsync("one");
        await using var two = await FakeWebDyno.StartAsync("two");
        var route = RunningRouter.Serving("shop", one.Target);
        await using var router = await RunningRouter.StartAsync(route);

        await router.ControlPlane.StopAsync();
        Assert.Equal("one", await router.Client().GetStringAsync("/", Cancel));
        router.ControlPlane.Publish(route with { Targets = [two.Target] });
        await router.ControlPlane.StartAsync();
        await router.HasVersionAsync(router.ControlPlane.Version);

        Assert.Equal("two", await router.Client().GetStringAsync("/", Cancel));
    }

    [Fact]
    public async Task A_router_that_starts_alone_serves_its_snapshot()
    {
        await using var dyno = await FakeWebDyno.StartAsync("hello");
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", dyno.Target));
        await router.StopAsync();
        await router.ControlPlane.StopAsync();
        Assert.True(File.Exists(router.SnapshotPath), router.SnapshotPath);

        await router.StartAgainAsync();

        Assert.Equal("hello", await router.Client().GetStringAsync("/", Cancel));
    }

    [Fact]
    public async Task A_damaged_snapshot_does_not_keep_a_router_from_starting()
    {
        await using var dyno = await FakeWebDyno.StartAsync("hello");
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", dyno.Target));
        await router.StopAsync();
        await File.WriteAllTextAsync(router.SnapshotPath, "{\"version\":1,\"table\":[{", Cancel);

        await router.StartAgainAsync();
        await router.HasVersionAsync(router.ControlPlane.Version);

        Assert.Equal("hello", await router.Client().GetStringAsync("/", Cancel));
    }

    [Fact]
    public async Task No_request_is_lost_while_targets_are_replaced_under_load()
    {
        var route = RunningRouter.Serving("shop");
        await using var router = await RunningRouter.StartAsync(route);
        var serving = await FakeWebDyno.StartAsync("0");
        await router.PublishAsync(route with { Targets = [serving.Target] });
        using var client = router.Client();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var answered = 0;
        var load = Enumerable
            .Range(0, 8)
            .Select(worker =>
                Task.Run(async () =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        using var answer =
                            worker % 2 == 0
                                ? await client.GetAsync("/", Cancel)
                                : await client.PostAsync("/", new StringContent("some body"), Cancel);
                        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                        Interlocked.Increment(ref answered);
                    }
                })
            )
            .ToList();

        for (var release = 1; release <= 20; release++)
        {
            var replacement = await FakeWebDyno.StartAsync($"{release}");
            var before = Volatile.Read(ref answered);
            await router.PublishAsync(route with { Targets = [replacement.Target] });
            var version = router.ControlPlane.Version;
            await Eventually.HoldsAsync(
                () =>
                    router.ControlPlane.Reports.Any(report =>
                        report.Version >= version && !report.Draining.Contains(serving.Target.Endpoint)
                    ),
                () => $"release {release - 1} has drained"
            );
            await serving.DisposeAsync();
            serving = replacement;
            await Eventually.HoldsAsync(() => Volatile.Read(ref answered) > before + 20, () => $"release {release} answers");
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        await serving.DisposeAsync();
    }

    [Fact]
    public async Task Ten_thousand_hosts_are_followed_and_one_changes()
    {
        await using var dyno = await FakeWebDyno.StartAsync("hello");
        var routes = Enumerable.Range(0, 10_000).Select(i => RunningRouter.Serving($"app-{i}", dyno.Target)).ToList();
        await using var router = await RunningRouter.StartAsync(routes);

        Assert.Equal("hello", await router.Client("app-0").GetStringAsync("/", Cancel));
        Assert.Equal("hello", await router.Client("app-9999").GetStringAsync("/", Cancel));
        await router.PublishAsync(routes[17] with { State = RouteState.Maintenance, Targets = [] });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await router.Client("app-17").GetAsync("/", Cancel)).StatusCode);
        Assert.Equal("hello", await router.Client("app-18").GetStringAsync("/", Cancel));
    }

    [Fact]
    public void A_router_without_its_secret_does_not_start()
    {
        var data = Directory.CreateTempSubdirectory("neeto-router-");
        try
        {
            var refusal = Assert.Throws<RouterSettingsException>(() =>
                RouterApplication.Create(new RouterOptions { InstallationId = "test", DataDirectory = data.FullName })
            );
            Assert.Contains("router.token", refusal.Message);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
