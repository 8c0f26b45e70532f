using System.Threading.Channels;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Apps;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.Dashboard.Live;

/// <summary>
/// Tells a page when something about an app has changed. Whatever happens to an app, the platform says so in its log, and tells when its state has become another: both
/// are listened to. A look every ten seconds is for what was missed while the control plane was away.
/// </summary>
public sealed class AppWatch(Viewer viewer, LogFanout logs, AppNewsFeed feed, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    /// <summary>Much that belongs together is said at once.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(100);

    /// <summary>Calls <paramref name="changed"/>, never twice at the same time, until cancelled.</summary>
    public Task FollowAsync(AppId app, Func<Task> changed, CancellationToken leaving) =>
        FollowAsync([tell => HearLinesAsync(app, tell, leaving), tell => HearNewsAsync(app, tell, leaving)], changed, leaving);

    /// <summary>Likewise, for what lists show of an app: its name, who may see it, whether it is there. Its log is not read for that.</summary>
    public Task FollowRowAsync(AppId app, Func<Task> changed, CancellationToken leaving) =>
        FollowAsync([tell => TickAsync(tell, leaving), tell => HearNewsAsync(app, tell, leaving)], changed, leaving);

    private async Task FollowAsync(Func<Action, Task>[] hear, Func<Task> changed, CancellationToken leaving)
    {
        var stale = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Tell() => stale.Writer.TryWrite(true);
        await Task.WhenAll(
            hear.Select(from => KeepAsync(() => from(Tell), leaving))
                .Append(KeepAsync(() => ShowAsync(stale.Reader, changed, leaving), leaving))
        );
    }

    private async Task TickAsync(Action tell, CancellationToken leaving)
    {
        using var timer = new PeriodicTimer(LookAgain, time);
        while (await timer.WaitForNextTickAsync(leaving))
            tell();
    }

    private async Task HearLinesAsync(AppId app, Action tell, CancellationToken leaving)
    {
        CallContext.Act(await viewer.RequireAsync());
        await using var reading = await logs.OpenAsync(app, LogFilter.All, lines: 0, after: null, tail: true);
        await foreach (var batch in reading.ReadAsync(LookAgain, leaving))
        {
            if (batch is { Gap: not null } or { Lines.Count: 0 } || batch.Lines.Any(IsNews))
                tell();
        }
    }

    private async Task HearNewsAsync(AppId app, Action tell, CancellationToken leaving)
    {
        using var reading = await feed.OpenAsync();
        await foreach (var batch in reading.ReadAsync(Together, leaving))
        {
            if (batch.HasGap || batch.News.Any(news => news.App == app))
                tell();
        }
    }

    private async Task ShowAsync(ChannelReader<bool> stale, Func<Task> changed, CancellationToken leaving)
    {
        while (await stale.WaitToReadAsync(leaving))
        {
            await Task.Delay(Together, time, leaving);
            stale.TryRead(out _);
            await changed();
        }
    }

    /// <summary>Does it again after the control plane was away, until the page is left.</summary>
    private async Task KeepAsync(Func<Task> follow, CancellationToken leaving)
    {
        while (!leaving.IsCancellationRequested)
        {
            try
            {
                await follow();
            }
            catch (Exception e) when (Outage.Is(e))
            {
                await Task.Delay(LookAgain, time, leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // Users' actions are said by app[api], what becomes of dynos by heroku[web.1].
    internal static bool IsNews(LogLine line) =>
        line.Entry
            is { Source: LogEntry.Platform, Process: not LogEntry.Router }
                or { Source: LogEntry.App, Process: LogEntry.Api or LogEntry.Build };
}
