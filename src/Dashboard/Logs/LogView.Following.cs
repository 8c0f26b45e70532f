using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.Dashboard.Logs;

/// <summary>What comes, and when it is drawn.</summary>
public sealed partial class LogView
{
    private const int Backlog = LogRing.MostLines;

    /// <summary>What is drawn beyond what is in sight, so that scrolling a little shows no empty space.</summary>
    private const int Around = 40;

    /// <summary>A page is drawn at most five times a second, however much comes.</summary>
    private static readonly TimeSpan Drawing = TimeSpan.FromMilliseconds(200);

    /// <summary>So often it is looked whether the reader may still read.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private ElementReference view;
    private IJSObjectReference? script;
    private DotNetObjectReference<LogView>? self;
    private LogClock browserClock = LogClock.Utc;
    private bool isFollowing = true;
    private bool isHidden;
    private bool isDrawing;
    private bool hasNews;
    private bool hasBegun;
    private long? resumeAfter;
    private int firstInSight;
    private int inSight = 60;

    private IJSObjectReference Script => script ?? throw new InvalidOperationException("The page has not been shown yet.");

    /// <summary>The browser says what is in sight.</summary>
    /// <param name="first">The first place.</param>
    /// <param name="count">How many.</param>
    /// <param name="follows">Whether the newest line shall stay in sight.</param>
    [JSInvokable]
    public void Scrolled(int first, int count, bool follows)
    {
        (firstInSight, inSight) = (first, Math.Clamp(count, 1, 500));
        isFollowing = follows;
        Draw();
    }

    /// <summary>A page that nobody sees is not drawn; when it is shown again, it catches up.</summary>
    [JSInvokable]
    public void Hidden(bool now)
    {
        isHidden = now;
        if (!isHidden)
            Draw();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        self?.Dispose();
        try
        {
            if (script is not null)
                await script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone before.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        script = await js.InvokeAsync<IJSObjectReference>("import", $"./{Assets["logs.js"]}");
        if (Leaving.IsCancellationRequested)
            return; // what it shall look at is gone
        self = DotNetObjectReference.Create(this);
        var browser = await script.InvokeAsync<Browser>("open", view, self);
        browserClock = LogClock.Of(browser.Zone, browser.Minutes);
        isUtc = browser.IsUtc;
        clock = isUtc ? LogClock.Utc : browserClock;
        resumeAfter = browser.After;
        _ = ReadAsync();
    }

    /// <summary>Reads for as long as the page is open; where it broke off, it goes on with the number that it had.</summary>
    private async Task ReadAsync()
    {
        while (!Leaving.IsCancellationRequested)
        {
            try
            {
                await ReadOnAsync();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (AccessDeniedException)
            {
                note = "This log can be read no more: the app has been destroyed, or is shared with you no longer.";
                isLive = false;
                await InvokeAsync(StateHasChanged);
                return;
            }
            catch (Exception e) when (Outage.Is(e))
            {
                isLive = false;
                await InvokeAsync(StateHasChanged);
                await Task.Delay(Pause, time, Leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ReadOnAsync()
    {
        CallContext.Act(await viewer.RequireAsync());
        await using var reading = await logs.OpenAsync(App, LogFilter.All, Backlog, screen.LastSeq, tail: true);
        isLive = true;
        await InvokeAsync(StateHasChanged);
        await foreach (var batch in reading.ReadAsync(LookAgain, RequireAppAsync, Leaving))
            await TakeAsync(batch);
    }

    private async Task<bool> RequireAppAsync() =>
        await logs.MayReadAsync(await viewer.RequireAsync(), App) ? true : throw new AccessDeniedException("The app is being destroyed.");

    private async Task TakeAsync(LogBatch batch)
    {
        if (batch is { Gap: null, Lines.Count: 0 })
            return;
        await InvokeAsync(() =>
        {
            screen.Add(batch);
            processes.UnionWith(batch.Lines.Select(line => line.Entry.Process));
            if (hasBegun)
                return DrawSoonAsync();
            hasBegun = true;
            return BeginAsync();
        });
    }

    private async Task BeginAsync()
    {
        if (resumeAfter is { } seq)
            screen.ResumeAfter(seq);
        if (Line is { } wanted)
            await ReachAsync(wanted);
        await DrawSoonAsync();
    }

    /// <summary>Brings the line that the address says into sight, or says why it is not there.</summary>
    private async Task ReachAsync(long seq)
    {
        screen.CatchUp();
        note =
            screen.HasLine(seq) ? (screen.IndexOf(seq) < 0 ? $"Line {seq} does not match the filter." : null)
            : seq > screen.LastSeq ? $"Line {seq} has not been written yet."
            : $"Line {seq} is no longer kept. A log keeps its newest {LogRing.MostLines} lines.";
        if (note is not null || screen.IndexOf(seq) is not (>= 0 and var index))
            return;
        isFollowing = false;
        (firstInSight, window) = (Math.Max(0, index - inSight / 2), default);
        Draw();
        await Script.InvokeVoidAsync("show", view, index);
    }

    /// <summary>At once after a silence; then what comes meanwhile is drawn together.</summary>
    private Task DrawSoonAsync()
    {
        hasNews = true;
        if (!isDrawing)
            _ = DrawOnAsync();
        return Task.CompletedTask;
    }

    private async Task DrawOnAsync()
    {
        isDrawing = true;
        while (hasNews && !Leaving.IsCancellationRequested)
        {
            hasNews = false;
            Draw();
            await Task.Delay(Drawing, time, Leaving)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
        isDrawing = false;
    }

    private void Draw()
    {
        if (isHidden)
            return;
        if (!IsHalted)
            screen.CatchUp();
        Place();
        StateHasChanged();
    }

    /// <summary>Chooses what is drawn of what is shown.</summary>
    private void Place()
    {
        now = time.GetUtcNow();
        foreach (var gone in unfolded.Keys.Where(seq => screen.IndexOf(seq) < 0).ToArray())
            unfolded.Remove(gone);
        var places = unfolded.Select(one => (screen.IndexOf(one.Key), one.Value)).Order().ToList();
        window = isFollowing
            ? LogWindow.Over(screen.Shown.Count, places, null, inSight + Around / 2)
            : LogWindow.Over(screen.Shown.Count, places, Math.Max(0, firstInSight - Around), inSight + 2 * Around);
    }

    private async Task JumpAsync()
    {
        (isFollowing, isPaused, note) = (true, false, null);
        Draw();
        await Script.InvokeVoidAsync("end", view);
    }

    /// <summary>What a browser says of itself.</summary>
    /// <param name="Zone">Its time zone's name.</param>
    /// <param name="Minutes">What it is east of Greenwich now.</param>
    /// <param name="IsUtc">Whether its reader wants UTC.</param>
    /// <param name="After">The last line that it had when it lost the connection; null when it opens the page.</param>
    private sealed record Browser(string? Zone, int Minutes, bool IsUtc, long? After);
}
