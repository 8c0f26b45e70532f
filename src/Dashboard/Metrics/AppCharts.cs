using System.Collections.Immutable;
using System.Globalization;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Dashboard.Layout;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Dashboard.Metrics;

/// <summary>An app's figures as charts.</summary>
public static class AppCharts
{
    /// <summary>Of more dynos no colour would tell one from another.</summary>
    public const int MostDynos = 6;

    /// <param name="dynos">Those that have a series of their own.</param>
    public static ImmutableArray<Chart> Of(ImmutableArray<AppFigures> spans, TimeSpan width, ImmutableArray<string> dynos) =>
        [Requests(spans, width), Times(spans), Memory(spans, dynos), Cpus(spans, dynos)];

    /// <summary>All that were measured, by name and number: <c>web.2</c> before <c>web.10</c>.</summary>
    public static ImmutableArray<string> Dynos(ImmutableArray<AppFigures> spans) =>
        [
            .. spans
                .SelectMany(span => span.Dynos.Keys)
                .Distinct()
                .Order(StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering)),
        ];

    /// <summary>Releases that run or ran something, as far as they lie in the spans.</summary>
    public static ImmutableArray<ChartMark> Marks(IEnumerable<ReleaseView> releases, ImmutableArray<AppFigures> spans, TimeSpan width) =>
        spans.IsEmpty
            ? []
            :
            [
                .. releases
                    .Where(release => release.Slug is not null)
                    .Select(release => new ChartMark($"{release.Version}", (release.CreatedAt - spans[0].Start) / (spans.Length * width)))
                    .Where(mark => mark.Position is >= 0 and <= 1),
            ];

    /// <summary>Such as <c>38 ms</c>, <c>1.2 s</c>.</summary>
    public static string Milliseconds(double value) =>
        value < 1_000 ? Number(value) + " ms" : (value / 1_000).ToString("0.#", CultureInfo.InvariantCulture) + " s";

    /// <summary>Such as <c>0.25</c>, <c>7.1</c>, <c>1,250</c>.</summary>
    public static string Number(double value) =>
        value.ToString(
            value < 1 ? "0.##"
                : value < 10 ? "0.#"
                : "#,0",
            CultureInfo.InvariantCulture
        );

    private static Chart Requests(ImmutableArray<AppFigures> spans, TimeSpan width)
    {
        ChartSeries Class(int digit, int tone) =>
            new($"{digit}xx", tone, [.. spans.Select(span => (double?)(span.Requests.Statuses[digit - 1] / width.TotalMinutes))]);
        ImmutableArray<ChartSeries> classes = [Class(1, 4), Class(2, 0), Class(3, 1), Class(4, 2), Class(5, 3)];
        return new(
            "Requests a minute",
            [.. classes.Where(one => one.Name is "2xx" || one.Values.Any(value => value > 0))],
            Number,
            Stacks: true
        );
    }

    private static Chart Times(ImmutableArray<AppFigures> spans)
    {
        ChartSeries Percentile(int percent, int tone) =>
            new($"p{percent}", tone, [.. spans.Select(span => span.Requests.Times.Percentile(percent / 100.0)?.TotalMilliseconds)]);
        return new("Response time", [Percentile(50, 0), Percentile(95, 2), Percentile(99, 3)], Milliseconds, Stacks: false);
    }

    private static Chart Memory(ImmutableArray<AppFigures> spans, ImmutableArray<string> dynos) =>
        new("Memory, highest", Each(spans, dynos, dyno => dyno.MostMemoryBytes), value => Sizes.Of((long)value), Stacks: false);

    private static Chart Cpus(ImmutableArray<AppFigures> spans, ImmutableArray<string> dynos) =>
        new("Processors in use, mean", Each(spans, dynos, dyno => dyno.MeanCpus), Number, Stacks: false);

    private static ImmutableArray<ChartSeries> Each(
        ImmutableArray<AppFigures> spans,
        ImmutableArray<string> dynos,
        Func<DynoFigures, double> value
    ) =>
        [
            .. dynos.Select(
                (name, i) =>
                    new ChartSeries(
                        name,
                        i % MostDynos,
                        [.. spans.Select(span => span.Dynos.TryGetValue(name, out var dyno) ? (double?)value(dyno) : null)]
                    )
            ),
        ];
}
