using System.Collections.Immutable;
using Bunit;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Dashboard.Metrics;

namespace NeetoDeploy.Dashboard.Tests.Metrics;

public sealed class ChartViewTests : BunitContext
{
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_chart_says_in_words_and_at_each_span_what_it_shows()
    {
        var view = Render(Chart([1, 40]), asTable: false);

        Assert.Equal("Response time: p50 40 ms. Arrow keys read it.", view.Find("svg.chart").GetAttribute("aria-label"));
        Assert.Equal("Nov 29, 12:01|40 ms", view.FindAll(".span")[1].GetAttribute("data-values"));
        Assert.Equal("v7", view.FindAll("text").Single(text => text.TextContent.StartsWith('v')).TextContent);
        Assert.Equal("50 ms", view.Find("text").TextContent);
    }

    [Fact]
    public void Releases_that_are_near_to_each_other_share_a_word()
    {
        ChartMark[] marks = [new("v9", 0.99), new("v2", 0.1), new("v3", 0.2), new("v4", 0.5), new("v8", 0.95)];

        Assert.Equal([("v2–v3", 0.1), ("v4", 0.5), ("v8–v9", 0.99)], ChartMark.Words(marks));
    }

    [Fact]
    public void The_same_as_a_table_has_the_newest_first()
    {
        var rows = Render(Chart([1, null]), asTable: true).FindAll("tbody tr");

        Assert.Equal(["Nov 29, 12:01–", "Nov 29, 12:001 ms"], rows.Select(row => row.TextContent));
    }

    [Fact]
    public void Where_nothing_was_measured_nothing_is_drawn()
    {
        var view = Render(Chart([null, null]), asTable: false);

        Assert.Empty(view.FindAll("svg"));
        Assert.Contains("Nothing was measured", view.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_apps_charts_have_what_there_was()
    {
        var span = new AppFigures(
            Start,
            new RequestFigures([0, 60, 0, 0, 6], new(ImmutableSortedDictionary<int, long>.Empty.Add(40, 66))),
            ImmutableSortedDictionary<string, DynoFigures>.Empty.Add("web.1", DynoFigures.Of(64_000_000, 512_000_000, 0.5))
        );

        var charts = AppCharts.Of([span, AppFigures.None(Start.AddMinutes(10))], TimeSpan.FromMinutes(10), ["web.1"]);

        Assert.Equal(
            ["2xx 6 0", "5xx 0.6 0", "p50 33 ms –", "p95 33 ms –", "p99 33 ms –", "web.1 64 MB –", "web.1 0.5 –"],
            charts.SelectMany(chart =>
                chart.Series.Select(series =>
                    $"{series.Name} {string.Join(' ', series.Values.Select(value => value is { } known ? chart.Said(known) : "–"))}"
                )
            )
        );
    }

    private IRenderedComponent<ChartView> Render(Chart chart, bool asTable) =>
        Render<ChartView>(parameters =>
            parameters
                .Add(view => view.Of, chart)
                .Add(view => view.Start, Start)
                .Add(view => view.Width, TimeSpan.FromMinutes(1))
                .Add(view => view.Marks, [new ChartMark("v7", 0.5)])
                .Add(view => view.AsTable, asTable)
        );

    private static Chart Chart(ImmutableArray<double?> values) =>
        new("Response time", [new ChartSeries("p50", 0, values)], AppCharts.Milliseconds, Stacks: false);
}
