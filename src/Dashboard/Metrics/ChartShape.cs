using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace NeetoDeploy.Dashboard.Metrics;

/// <summary>A chart as paths in a box that is one wide for each span of time, and <see cref="Height"/> high.</summary>
public sealed class ChartShape
{
    public const int Height = 100;

    private readonly Chart chart;

    public ChartShape(Chart chart)
    {
        this.chart = chart;
        Spans = chart.Series.Select(series => series.Values.Length).DefaultIfEmpty().Max();
        Top = NiceAbove(Enumerable.Range(0, Spans).Select(Highest).DefaultIfEmpty().Max());
    }

    /// <summary>How many spans of time there are.</summary>
    public int Spans { get; }

    /// <summary>The value at the upper edge.</summary>
    public double Top { get; }

    /// <summary>Each series' line, with gaps where nothing is known; in a chart that stacks, its area.</summary>
    public IEnumerable<(ChartSeries Series, string Path)> Paths()
    {
        var below = new double[Spans];
        foreach (var series in chart.Series)
        {
            yield return (series, chart.Stacks ? Area(series, below) : Line(series));
            for (var i = 0; chart.Stacks && i < Spans; i++)
                below[i] += series.Values[i] ?? 0;
        }
    }

    /// <summary>The least of 1, 2, 2.5, 5 and their tenfolds that is not below a value; 1 for nothing.</summary>
    public static double NiceAbove(double value)
    {
        if (value <= 0)
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        double[] steps = [1, 2, 2.5, 5, 10];
        return steps.First(step => step * power >= value * 0.999_999) * power;
    }

    private double Highest(int span) =>
        chart.Stacks ? chart.Series.Sum(series => series.Values[span] ?? 0) : chart.Series.Max(series => series.Values[span] ?? 0);

    private string Line(ChartSeries series)
    {
        var path = new StringBuilder();
        for (var i = 0; i < series.Values.Length; i++)
        {
            if (series.Values[i] is not { } value)
                continue;
            var isFirst = i == 0 || series.Values[i - 1] is null;
            var isLast = i + 1 == series.Values.Length || series.Values[i + 1] is null;
            // A value alone is a short dash.
            if (isFirst && isLast)
                path.Append(Point('M', i, value)).Append(Point('L', i + 1, value));
            else
                path.Append(Point(isFirst ? 'M' : 'L', i + 0.5, value));
        }
        return path.ToString();
    }

    private string Area(ChartSeries series, double[] below)
    {
        var path = new StringBuilder(Point('M', 0, below.ElementAtOrDefault(0)));
        for (var i = 0; i < Spans; i++)
            path.Append(Point('L', i, below[i] + (series.Values[i] ?? 0))).Append(Point('L', i + 1, below[i] + (series.Values[i] ?? 0)));
        for (var i = Spans - 1; i >= 0; i--)
            path.Append(Point('L', i + 1, below[i])).Append(Point('L', i, below[i]));
        return path.Append('Z').ToString();
    }

    private string Point(char command, double x, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"{command}{x:0.##} {Height - value / Top * Height:0.##}");
}
