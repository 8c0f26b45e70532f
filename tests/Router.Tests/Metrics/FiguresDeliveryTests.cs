using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Router.ControlPlane;
using NeetoDeploy.Router.Logs;
using NeetoDeploy.Router.Metrics;

namespace NeetoDeploy.Router.Tests.Metrics;

public sealed class FiguresDeliveryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_router_that_stops_tells_what_it_counted_of_the_last_request_too()
    {
        await using var dyno = await FakeWebDyno.StartAsync("hello");
        var route = RunningRouter.Serving("shop", dyno.Target);
        await using var router = await RunningRouter.StartAsync(route);
        for (var i = 0; i < 3; i++)
            Assert.Equal("hello", await router.Client().GetStringAsync($"/{i}", Cancel));

        await router.StopAsync();

        var counted = router.ControlPlane.Figures.SelectMany(report => report.Figures).ToList();
        Assert.All(counted, one => Assert.Equal(route.App, one.App));
        Assert.Equal((3, 3), (counted.Sum(one => one.Requests.Statuses[1]), counted.Sum(one => one.Requests.Times.Counts.Values.Sum())));
        await router.StartAgainAsync();
    }

    [Theory]
    [InlineData(StatusCodes.Status503ServiceUnavailable, true)]
    [InlineData(StatusCodes.Status400BadRequest, false)]
    public async Task A_report_is_told_again_until_it_is_taken_but_not_one_that_is_refused(int status, bool again)
    {
        await using var controlPlane = new FakeControlPlane { FiguresStatus = status };
        await controlPlane.StartAsync();
        var (meter, clock) = (new RequestMeter(), new FakeTimeProvider());
        using var client = new ControlPlaneClient(new RouterOptions { ApiUrl = controlPlane.Url }, FakeControlPlane.Token);
        using var sender = new RequestMeterSender(meter, client, clock, NullLogger<RequestMeterSender>.Instance);
        await sender.StartAsync(Cancel);

        meter.Count(Line());
        await ToldAsync(reports: 1);
        controlPlane.FiguresStatus = StatusCodes.Status204NoContent;
        meter.Count(Line());
        await ToldAsync(reports: 2);

        var first = controlPlane.Figures.First();
        Assert.Equal(again, controlPlane.Figures.Count(report => report.Id == first.Id) > 1);
        Assert.Equal([1, 1], controlPlane.Figures.DistinctBy(report => report.Id).Select(report => report.Figures.Single().Requests.Total));
        await sender.StopAsync(Cancel);

        Task ToldAsync(int reports) =>
            Eventually.HoldsAsync(
                () =>
                {
                    clock.Advance(TimeSpan.FromSeconds(10));
                    return controlPlane.Figures.DistinctBy(report => report.Id).Count() >= reports;
                },
                () => $"{reports} different reports; there are {controlPlane.Figures.Count}"
            );
    }

    private static RouterLine Line() =>
        new()
        {
            App = new AppId(Guid.NewGuid()),
            Time = DateTimeOffset.UnixEpoch,
            Method = "GET",
            Target = "/",
            Host = "shop.localhost",
            RequestId = "r",
            ForwardedFor = "127.0.0.1",
            Status = 200,
        };
}
