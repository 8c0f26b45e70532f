using System.Collections.Concurrent;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;

namespace NeetoDeploy.Api.Logs;

/// <summary>Log readers of this host: however many read an app's log, its grain tells this host once.</summary>
internal sealed class LogFanout(IGrainFactory grains, TimeProvider time)
{
    private readonly ConcurrentDictionary<AppId, AppFollower> followers = [];

    /// <summary>Begins to read: after a line that the reader has, or with the newest lines.</summary>
    /// <param name="after">Number of the last line the reader has; null: begin with the newest <paramref name="lines"/>.</param>
    public async Task<LogReading> OpenAsync(AppId app, LogFilter filter, int lines, long? after, bool tail)
    {
        var log = grains.Logs(app);
        if (!tail)
        {
            var page = after is { } seq ? await log.ReadAfterAsync(seq, filter) : await log.ReadNewestAsync(lines, filter);
            return LogReading.Finished(page.Lines);
        }
        // Follow first and read then: what comes in between is seen twice and dropped by its number, never missed.
        var (follower, subscription) = Subscribe(app);
        await follower.StartAsync();
        var backlog = after is { } last ? await log.ReadAfterAsync(last, filter) : await log.ReadNewestAsync(lines, filter);
        return new LogReading(
            filter,
            backlog.Lines,
            Math.Max(backlog.NewestSeq, after ?? 0),
            subscription,
            time,
            () => LeaveAsync(app, follower, subscription)
        );
    }

    private (AppFollower, LogSubscription) Subscribe(AppId app)
    {
        while (true)
        {
            var follower = followers.GetOrAdd(app, id => new AppFollower(grains, id, time));
            if (follower.TrySubscribe() is { } subscription)
                return (follower, subscription);
            // Its last reader has just left, and it goes.
            followers.TryRemove(KeyValuePair.Create(app, follower));
        }
    }

    private async ValueTask LeaveAsync(AppId app, AppFollower follower, LogSubscription subscription)
    {
        if (!follower.Unsubscribe(subscription))
            return;
        followers.TryRemove(KeyValuePair.Create(app, follower));
        await follower.DisposeAsync();
    }
}
