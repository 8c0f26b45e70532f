using System.Collections.Immutable;
using NeetoDeploy.Core.Metrics;

namespace NeetoDeploy.Core.Tests.Metrics;

public sealed class AppFiguresTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_series_has_every_span_and_adds_narrower_ones_up()
    {
        var minutes = Enumerable.Range(0, 30).Select(i => Span(Noon.AddMinutes(i - 5), requests: 1));

        var series = AppFigures.Series(minutes, Noon.AddMinutes(3), TimeSpan.FromMinutes(10), 3);

        Assert.Equal([Noon, Noon.AddMinutes(10), Noon.AddMinutes(20)], series.Select(span => span.Start));
        Assert.Equal([10, 10, 5], series.Select(span => span.Requests.Total));
    }

    [Fact]
    public void Dynos_are_added_up_by_name()
    {
        var sum = Span(Noon, 0, ("web.1", 100, 0.5)).Add(Span(Noon, 0, ("web.1", 300, 1.5), ("web.2", 50, 0)));

        Assert.Equal((2, 400, 300, 1.0), Told(sum.Dynos["web.1"]));
        Assert.Equal((1, 50, 50, 0.0), Told(sum.Dynos["web.2"]));
    }

    private static (int, long, long, double) Told(DynoFigures dyno) =>
        (dyno.Samples, dyno.MemoryBytes, dyno.MostMemoryBytes, dyno.MeanCpus);

    private static AppFigures Span(DateTimeOffset start, int requests, params (string Name, long Bytes, double Cpus)[] dynos) =>
        new(
            start,
            new RequestFigures([0, requests, 0, 0, 0], TimeHistogram.Empty),
            dynos.ToImmutableSortedDictionary(dyno => dyno.Name, dyno => DynoFigures.Of(dyno.Bytes, 512, dyno.Cpus))
        );
}
