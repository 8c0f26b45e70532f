using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace NeetoDeploy.Dashboard.Metrics;

/// <summary>A chart, drawn by the server; or its figures as a table.</summary>
public sealed partial class ChartView
{
    private ChartShape shape = null!;

    [Parameter, EditorRequired]
    public Chart Of { get; set; } = null!;

    /// <summary>The begin of the first span.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset Start { get; set; }

    /// <summary>Of one span.</summary>
    [Parameter, EditorRequired]
    public TimeSpan Width { get; set; }

    [Parameter]
    public ImmutableArray<ChartMark> Marks { get; set; } = [];

    [Parameter]
    public bool AsTable { get; set; }

    /// <summary>The newest value of each series that has one.</summary>
    private string Summary =>
        string.Join(", ", Of.Series.Select(series => $"{series.Name} {Said(series.Values.LastOrDefault(value => value is not null))}"));

    protected override void OnParametersSet() => shape = new ChartShape(Of);

    private string Said(double? value) => value is { } known ? Of.Said(known) : "–";

    /// <summary>The time and the values of a span, for <c>charts.js</c>.</summary>
    private string Told(int span) => string.Join('|', Of.Series.Select(series => Said(series.Values[span])).Prepend(Time(span)));

    private string Time(int span) => (Start + span * Width).UtcDateTime.ToString("MMM d, HH:mm", CultureInfo.InvariantCulture);

    private string TimeAt(double share) =>
        (Start + share * shape.Spans * Width).UtcDateTime.ToString(
            shape.Spans * Width > TimeSpan.FromDays(2) ? "MMM d" : "HH:mm",
            CultureInfo.InvariantCulture
        );

    private static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.###}%");
}
