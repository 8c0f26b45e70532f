using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Apps;
using NeetoDeploy.Dashboard.Layout;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Dashboard.Metrics;

/// <summary>What an app's requests and dynos were like. It is read again for as long as it is open.</summary>
public sealed partial class AppMetrics(Viewer viewer, AddressBar address, TimeProvider time)
{
    private static readonly (string Word, MetricsRange Range)[] Ranges =
    [
        ("1h", MetricsRange.Hour),
        ("24h", MetricsRange.Day),
        ("7d", MetricsRange.Week),
    ];

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private ImmutableArray<AppFigures> spans = [];
    private ImmutableArray<Chart> charts = [];
    private ImmutableArray<string> dynos = [];
    private ImmutableArray<ChartMark> marks = [];
    private RequestFigures sum = RequestFigures.None;
    private string? mistake;

    [Parameter, EditorRequired]
    public AppView Of { get; set; } = null!;

    /// <summary><c>1h</c>, <c>24h</c> or <c>7d</c>.</summary>
    [Parameter]
    public string? Range { get; set; }

    [Parameter]
    public bool AsTable { get; set; }

    [CascadingParameter]
    private AppFrame? Frame { get; set; }

    private MetricsRange Shown => Ranges.FirstOrDefault(range => range.Word == Range).Range;

    private string Failed =>
        sum.Total == 0 ? "–" : (100.0 * sum.Statuses[^1] / sum.Total).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
            _ = Ticks.RepeatAsync(LookAgain, time, () => InvokeAsync(RefreshAsync), Leaving);
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        var asked = Shown;
        try
        {
            var read = await viewer.AskAsync(grains => grains.Metrics(Of.Id).ReadAsync(asked));
            var releases = await viewer.AskAsync(grains => grains.Releases(Of.Id).ListAsync());
            if (asked != Shown)
                return;
            (spans, mistake) = (read, null);
            dynos = AppCharts.Dynos(read);
            charts = AppCharts.Of(read, asked.Width(), AsTable ? dynos : [.. dynos.Take(AppCharts.MostDynos)]);
            marks = AppCharts.Marks(releases, read, asked.Width());
            sum = read.Aggregate(RequestFigures.None, (all, span) => all.Add(span.Requests));
        }
        catch (AccessDeniedException) when (Frame is not null)
        {
            // It has been destroyed, or is shared with this person no more: the frame says so.
            await Frame.LookAsync();
        }
        catch (Exception e) when (Outage.Is(e))
        {
            mistake = "The control plane does not answer. What you see may be old; it is tried again by itself.";
        }
    }

    private string Time(double share) => sum.Times.Percentile(share) is { } known ? AppCharts.Milliseconds(known.TotalMilliseconds) : "–";

    private Task ShowAsync(string parameter, string? value) => address.ReplaceAsync(parameter, value);
}
