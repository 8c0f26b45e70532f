using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Routing;

namespace NeetoDeploy.Api.Internal;

/// <summary>Follows the route table for one router's connection: the whole table first, then changes, and a sign of life in between.</summary>
internal sealed class RouteFollower : IRouteObserver, IAsyncDisposable
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FollowAgain = TimeSpan.FromSeconds(30);

    private readonly Channel<RouteMessage> changes = Channel.CreateUnbounded<RouteMessage>();
    private readonly IGrainFactory grains;
    private readonly TimeProvider time;
    private readonly IRouteObserver reference;

    public RouteFollower(IGrainFactory grains, TimeProvider time)
    {
        this.grains = grains;
        this.time = time;
        reference = grains.CreateObjectReference<IRouteObserver>(this);
    }

    public Task ChangedAsync(RouteMessage message)
    {
        changes.Writer.TryWrite(message);
        return Task.CompletedTask;
    }

    /// <summary>Messages with versions that only grow, until cancelled.</summary>
    public async IAsyncEnumerable<RouteMessage> FollowAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var table = await grains.RouteTable().FollowAsync(reference);
        yield return table;
        var (version, followed) = (table.Version, time.GetTimestamp());
        while (!cancel.IsCancellationRequested)
        {
            var change = await NextAsync(cancel);
            if (change is null && time.GetElapsedTime(followed) < FollowAgain)
            {
                yield return new RouteMessage(version, null, null, null);
                continue;
            }
            if (change is not null && change.Version <= version + 1)
            {
                if (change.Version <= version)
                    continue;
                version = change.Version;
                yield return change;
                continue;
            }
            // A change came before an earlier one, which messages to observers may, or an earlier one was lost: observers are forgotten after a
            // while, and with the grain's activation. The table has all that was missed.
            table = await grains.RouteTable().FollowAsync(reference);
            followed = time.GetTimestamp();
            yield return change is null && table.Version == version ? new RouteMessage(version, null, null, null) : table;
            version = table.Version;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await grains.RouteTable().UnfollowAsync(reference);
        grains.DeleteObjectReference<IRouteObserver>(reference);
    }

    /// <summary>The next change; null when nothing has changed for a while.</summary>
    private async Task<RouteMessage?> NextAsync(CancellationToken cancel)
    {
        if (changes.Reader.TryRead(out var ready))
            return ready;
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var timer = time.CreateTimer(_ => pause.Cancel(), null, SignOfLife, Timeout.InfiniteTimeSpan);
        try
        {
            return await changes.Reader.ReadAsync(pause.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
