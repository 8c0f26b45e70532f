using System.Collections.Concurrent;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.LogRelay.Logs;

/// <summary>
/// Log readers of this host: however many read an app's log, its grain tells this host once. A host has one of these, which whatever shows logs in it shares. It
/// reads with the rights of the actor of the calling flow (<see cref="CallContext"/>), and refuses as the app's grain does; what comes
/// after that is the platform's own.
/// </summary>
public sealed class LogFanout(IGrainFactory grains, TimeProvider time)
{
    private readonly ConcurrentDictionary<AppId, AppFollower> followers = [];

    /// <summary>Begins to read: after a line that the reader has, or with the newest lines. Dispose the reading when the reader leaves.</summary>
    /// <param name="app">Whose log.</param>
    /// <param name="filter">Which lines the reader sees.</param>
    /// <param name="lines">How many of the newest lines come first, at most 1,500; not used with <paramref name="after"/>.</param>
    /// <param name="after">Number of the last line the reader has; null: begin with the newest <paramref name="lines"/>.</param>
    /// <param name="tail">Whether the reading goes on with what comes; otherwise it ends after what there is.</param>
    /// <exception cref="AccessDeniedException">The actor may not read this app's log, or there is no such app.</exception>
    public async Task<LogReading> OpenAsync(AppId app, LogFilter filter, int lines, long? after, bool tail)
    {
        var log = grains.Logs(app);
        if (!tail)
        {
            var page = after is { } seq ? await log.ReadAfterAsync(seq, filter) : await log.ReadNewestAsync(lines, filter);
            return new LogReading(filter, page, after, null, time, () => ValueTask.CompletedTask);
        }
        // Follow first and read then: what comes in between is seen twice and dropped by its number, never missed.
        var (follower, subscription) = Subscribe(app);
        try
        {
            await follower.StartAsync();
            var backlog = after is { } last ? await log.ReadAfterAsync(last, filter) : await log.ReadNewestAsync(lines, filter);
            return new LogReading(filter, backlog, after, subscription, time, () => LeaveAsync(app, follower, subscription));
        }
        catch
        {
            await LeaveAsync(app, follower, subscription);
            throw;
        }
    }

    /// <summary>Whether somebody may read an app's log now; not when there is no such app.</summary>
    public async Task<bool> MayReadAsync(Actor reader, AppId app)
    {
        CallContext.Act(reader);
        try
        {
            return await grains.App(app).GetAsync() is not null;
        }
        catch (AccessDeniedException)
        {
            return false;
        }
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
