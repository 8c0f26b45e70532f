using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Layout;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.Dashboard.Logs;

/// <summary>An app's log as it comes: the newest lines, then what follows. A reader who scrolls up sees nothing move until the end is reached again.</summary>
public sealed partial class LogView(
    Viewer viewer,
    LogFanout logs,
    NavigationManager navigation,
    AddressBar address,
    IJSRuntime js,
    TimeProvider time
)
{
    private const string TextFilter = "text";
    private const string ProcessFilter = "process";
    private const string SourceFilter = "source";

    /// <summary>As in <c>dashboard.css</c> and <c>logs.js</c>.</summary>
    private const int RowHeight = 21;

    private readonly LogScreen screen = new();
    private readonly SortedSet<string> processes = [];
    private readonly Dictionary<long, int> unfolded = [];
    private LineFilter filter = LineFilter.Of();
    private (string?, string?, string?) filtered;
    private LogClock clock = LogClock.Utc;
    private DateTimeOffset now;
    private LogWindow window;
    private bool isUtc;
    private bool isPaused;
    private bool isLive;
    private string? note;

    [Parameter, EditorRequired]
    public AppId App { get; set; }

    /// <summary>The app's name, for addresses.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Parameter]
    public string? Process { get; set; }

    [Parameter]
    public string? Source { get; set; }

    [Parameter]
    public string? Text { get; set; }

    /// <summary>Number of the line that the address leads to.</summary>
    [Parameter]
    public long? Line { get; set; }

    private bool IsHalted => isPaused || !isFollowing;

    private int Places => screen.Shown.Count + unfolded.Values.Sum();

    private string State =>
        isPaused ? "paused"
        : isLive ? "live"
        : "connecting…";

    private string DownloadUrl =>
        navigation.GetUriWithQueryParameters(
            $"apps/{Name}/logs/download",
            new Dictionary<string, object?>
            {
                [TextFilter] = Blank(Text),
                [ProcessFilter] = Blank(Process),
                [SourceFilter] = Blank(Source),
            }
        );

    protected override void OnParametersSet()
    {
        if (filtered == (Process, Source, Text))
            return;
        (filtered, note) = ((Process, Source, Text), null);
        filter = LineFilter.Of(Process, Source, Text);
        screen.Choose(filter);
        Place();
    }

    private async Task TogglePauseAsync()
    {
        isPaused = !isPaused;
        if (!isPaused)
            await JumpAsync();
    }

    private async Task ChooseZoneAsync(ChangeEventArgs change)
    {
        isUtc = change.Value is "utc";
        await Script.InvokeVoidAsync("remember", isUtc);
        clock = isUtc ? LogClock.Utc : browserClock;
    }

    private async Task ToggleAsync(long seq, int members)
    {
        if (!unfolded.Remove(seq))
            unfolded[seq] = members;
        // Somebody reads: nothing shall move.
        firstInSight = await Script.InvokeAsync<int>("stop", view);
        isFollowing = false;
        Place();
    }

    /// <summary>Puts a line into the address, which is what one sends to others.</summary>
    private async Task MarkAsync(long seq)
    {
        await address.ReplaceAsync(Link(seq));
        var isCopied = await Script.InvokeAsync<bool>("copy", Link(seq));
        note = isCopied ? $"The link to line {seq} has been copied." : $"The address is the link to line {seq} now.";
    }

    private string Link(long seq) => navigation.GetUriWithQueryParameter("line", seq);

    /// <summary>Filters are in the address, so that a link shows the same.</summary>
    private Task ShowAsync(string parameter, ChangeEventArgs change) => address.ReplaceAsync(parameter, Blank(change.Value?.ToString()));

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
