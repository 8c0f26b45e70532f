using NeetoDeploy.Core.Logs;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.Dashboard.Live;

/// <summary>
/// Tells a page when something about an app has changed. Whatever happens to an app, the platform says so in its log: that is what is listened to. A look every
/// ten seconds is for what was missed while the control plane was away.
/// </summary>
public sealed class AppWatch(Viewer viewer, LogFanout logs, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    /// <summary>Much that belongs together is said at once.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(100);

    /// <summary>Calls <paramref name="changed"/>, never twice at the same time, until cancelled.</summary>
    public async Task FollowAsync(AppId app, Func<Task> changed, CancellationToken leaving)
    {
        while (!leaving.IsCancellationRequested)
        {
            try
            {
                CallContext.Act(await viewer.RequireAsync());
                await using var reading = await logs.OpenAsync(app, LogFilter.All, lines: 0, after: null, tail: true);
                await foreach (var batch in reading.ReadAsync(LookAgain, leaving))
                {
                    if (batch is { Gap: null, Lines.Count: > 0 } && !batch.Lines.Any(IsNews))
                        continue;
                    await Task.Delay(Together, time, leaving);
                    await changed();
                }
            }
            catch (Exception e) when (e is OrleansException or TimeoutException)
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
    private static bool IsNews(LogLine line) =>
        line.Entry
            is { Source: LogEntry.Platform, Process: not LogEntry.Router }
                or { Source: LogEntry.App, Process: LogEntry.Api or LogEntry.Build };
}
