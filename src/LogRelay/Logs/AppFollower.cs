using System.Collections.Immutable;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Logs;

namespace NeetoDeploy.LogRelay.Logs;

/// <summary>This host's one observer of an app's log.</summary>
internal sealed class AppFollower : ILogObserver, IAsyncDisposable
{
    /// <summary>Observers that do not come again are dropped by the grain, and all are lost with its activation.</summary>
    private static readonly TimeSpan FollowAgain = TimeSpan.FromSeconds(20);

    private readonly ILogRelayGrain log;
    private readonly IGrainFactory grains;
    private readonly TimeProvider time;
    private readonly ILogObserver reference;
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private readonly Lazy<Task> started;
    private readonly GatheredLines gathered;
    private ImmutableArray<LogSubscription> subscriptions = [];
    private bool isClosed;
    private long newest;

    public AppFollower(IGrainFactory grains, AppId app, TimeProvider time)
    {
        log = grains.Logs(app);
        this.grains = grains;
        this.time = time;
        reference = grains.CreateObjectReference<ILogObserver>(this);
        started = new Lazy<Task>(BeginAsync);
        gathered = new GatheredLines(time, gate, HandOn);
    }

    /// <summary>Completes once every line from now on arrives here.</summary>
    public Task StartAsync() => started.Value;

    /// <summary>A place for one more reader; null when this follower has ended.</summary>
    public LogSubscription? TrySubscribe()
    {
        lock (gate)
        {
            if (isClosed)
                return null;
            var subscription = new LogSubscription();
            subscriptions = subscriptions.Add(subscription);
            return subscription;
        }
    }

    /// <summary>Whether that was the last reader; then this follower has ended and must be disposed.</summary>
    public bool Unsubscribe(LogSubscription subscription)
    {
        lock (gate)
        {
            subscriptions = subscriptions.Remove(subscription);
            isClosed = subscriptions.IsEmpty;
            return isClosed;
        }
    }

    public Task LinesAsync(ImmutableArray<LogLine> lines)
    {
        lock (gate)
        {
            var fresh = lines.RemoveAll(line => line.Seq <= newest);
            if (fresh.IsEmpty)
                return Task.CompletedTask;
            newest = fresh[^1].Seq;
            gathered.Add(fresh);
        }
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await gathered.DisposeAsync();
        CallContext.Act(Actor.Platform);
        await log.UnfollowAsync(reference);
        grains.DeleteObjectReference<ILogObserver>(reference);
        stop.Dispose();
    }

    private void HandOn(IReadOnlyList<LogLine> lines)
    {
        foreach (var subscription in subscriptions)
            subscription.Write(lines);
    }

    private async Task BeginAsync()
    {
        CallContext.Act(Actor.Platform);
        var now = await log.ReadNewestAsync(0, LogFilter.All);
        lock (gate)
            newest = Math.Max(newest, now.NewestSeq);
        await log.FollowAsync(reference, now.NewestSeq);
        _ = KeepFollowingAsync();
    }

    private async Task KeepFollowingAsync()
    {
        using var timer = new PeriodicTimer(FollowAgain, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
                await FollowAgainAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The last reader has left.
        }
    }

    /// <summary>With the last number we have: the grain sends what was missed.</summary>
    private async Task FollowAgainAsync()
    {
        try
        {
            await log.FollowAsync(reference, Interlocked.Read(ref newest));
        }
        catch (Exception e) when (Outage.Is(e))
        {
            // The silo that has the grain is away; the next tick tries again.
        }
    }
}
