using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Router.Logs;
using NeetoDeploy.Router.Metrics;

namespace NeetoDeploy.Router.Tests.Metrics;

public sealed class RequestMeterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly AppId app = new(Guid.NewGuid());

    [Fact]
    public void Requests_are_counted_once_by_app_and_minute()
    {
        var meter = new RequestMeter();
        meter.Count(Line(Noon, 200, 10));
        meter.Count(Line(Noon.AddSeconds(59), 503, null));
        meter.Count(Line(Noon.AddSeconds(60), 101, 50_000));
        meter.Count(Line(Noon, 404, 10) with { App = new AppId(Guid.NewGuid()) });

        var taken = meter.Take();

        Assert.Equal(3, taken.Length);
        var first = taken.Single(one => one.App == app && one.Start == Noon).Requests;
        Assert.Equal([0, 1, 0, 0, 1], first.Statuses);
        Assert.Equal(
            (TimeHistogram.StepOf(TimeSpan.FromMilliseconds(10)), 1),
            first.Times.Counts.Select(step => (step.Key, step.Value)).Single()
        );
        var second = taken.Single(one => one.App == app && one.Start == Noon.AddMinutes(1)).Requests;
        Assert.Equal([1, 0, 0, 0, 0], second.Statuses);
        Assert.Empty(second.Times.Counts);
        Assert.Empty(meter.Take());
    }

    [Fact]
    public void A_line_is_counted_when_it_leaves_the_queue_also_when_it_is_given_up()
    {
        var meter = new RequestMeter();
        var queue = new RouterLineQueue(new RouterOptions { LineBuffer = 100 }, meter);
        for (var i = 0; i < 130; i++)
            queue.Add(Line(Noon, 200, 10));
        Assert.Equal(30, meter.Take().Sum(one => one.Requests.Total));

        while (queue.TryTake(out _)) { }

        Assert.Equal(100, meter.Take().Sum(one => one.Requests.Total));
    }

    private RouterLine Line(DateTimeOffset time, int status, int? ms) =>
        new()
        {
            App = app,
            Time = time,
            Method = "GET",
            Target = "/",
            Host = "shop.localhost",
            RequestId = "r",
            ForwardedFor = "127.0.0.1",
            Connect = ms is null ? null : TimeSpan.Zero,
            Service = ms is { } took ? TimeSpan.FromMilliseconds(took) : null,
            Status = status,
        };
}
