using System.Net;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.Router.Tests.Logs;

public sealed class RouterLineDeliveryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_leaves_one_line_in_its_apps_log()
    {
        await using var dyno = await FakeWebDyno.StartAsync("hello");
        var route = RunningRouter.Serving("shop", dyno.Target);
        await using var router = await RunningRouter.StartAsync(route);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/x?y=1")
        {
            Headers = { { "X-Request-Id", "an-id-of-the-client-itself" } },
        };

        using var answer = await router.Client().SendAsync(request, Cancel);

        var line = await router.ControlPlane.LineAsync(_ => true);
        Assert.Matches(
            "^at=info method=GET path=\"/x\\?y=1\" host=shop.localhost request_id=an-id-of-the-client-itself fwd=\"127.0.0.1\" dyno=web.1 "
                + "connect=\\d+ms service=\\d+ms status=200 bytes=5 protocol=http$",
            line
        );
        var entry = Assert.Single(router.ControlPlane.Entries);
        Assert.Equal((route.App, LogEntry.Platform, LogEntry.Router), (entry.App, entry.Entry.Source, entry.Entry.Process));
    }

    [Fact]
    public async Task Lines_wait_for_a_control_plane_that_is_away()
    {
        await using var dyno = await FakeWebDyno.StartAsync("hello");
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", dyno.Target));
        await router.ControlPlane.StopAsync();

        for (var i = 0; i < 5; i++)
            Assert.Equal("hello", await router.Client().GetStringAsync($"/{i}", Cancel));
        await router.ControlPlane.StartAsync();

        await Eventually.HoldsAsync(
            () => router.ControlPlane.Lines.Distinct().Count() == 5,
            () => $"5 lines; there are {router.ControlPlane.Lines.Count()}"
        );
    }

    [Fact]
    public async Task The_newest_lines_are_kept_and_the_lost_ones_counted()
    {
        const int Requests = 1500;
        await using var dyno = await FakeWebDyno.StartAsync("hello");
        await using var router = await RunningRouter.StartAsync(
            RunningRouter.Serving("shop", dyno.Target),
            options => options.LineBuffer = 100
        );
        router.ControlPlane.LinesStatus = (int)HttpStatusCode.ServiceUnavailable;
        using var client = router.Client();

        await Parallel.ForAsync(
            0,
            Requests,
            Cancel,
            async (i, cancel) => Assert.Equal("hello", await client.GetStringAsync($"/{i}", cancel))
        );
        Assert.Equal("hello", await client.GetStringAsync("/last", Cancel));
        router.ControlPlane.LinesStatus = StatusCodes.Status204NoContent;

        await router.ControlPlane.LineAsync(line => line.Contains("path=\"/last\""));
        var lost = await router.ControlPlane.LineAsync(line => line.StartsWith("Error L12"));
        var kept = router.ControlPlane.Lines.Count(line => line.StartsWith("at="));
        Assert.Equal($"Error L12 (Local buffer overflow): {Requests + 1 - kept} router lines dropped", lost);
    }
}
