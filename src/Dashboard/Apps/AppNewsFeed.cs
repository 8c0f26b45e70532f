using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Dashboard.Apps;

/// <summary>
/// News of apps for every list that is open in this host: the platform tells the host once, however many look. Whoever reads must leave out what is not meant for the
/// person who looks (<see cref="AppListFilter.Concerns"/>).
/// </summary>
public sealed class AppNewsFeed(IGrainFactory grains, TimeProvider time) : IAppNewsObserver, IAsyncDisposable
{
    /// <summary>Observers that do not come again are dropped by the grain, and all are lost with its activation.</summary>
    private static readonly TimeSpan FollowAgain = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim starting = new(1);
    private readonly Lock gate = new();
    private ImmutableArray<AppNewsReading> readings = [];
    private IAppNewsObserver? reference;
    private NewsMark seen;

    /// <summary>Begins to read what comes from now on. Dispose the reading when the reader leaves.</summary>
    public async Task<AppNewsReading> OpenAsync()
    {
        await StartAsync();
        var reading = new AppNewsReading(time, Close);
        lock (gate)
            readings = readings.Add(reading);
        return reading;
    }

    public Task HeardAsync(NewsMark mark, AppNews news)
    {
        lock (gate)
        {
            // Overtaken on its way: readers have been told of the gap.
            if (mark.Source == seen.Source && mark.Number <= seen.Number)
                return Task.CompletedTask;
            var isNext = mark == seen with { Number = seen.Number + 1 };
            seen = mark;
            foreach (var reading in readings)
                reading.Write(news, hasGap: !isNext);
        }
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        stop.Dispose();
        starting.Dispose();
    }

    private async Task StartAsync()
    {
        await starting.WaitAsync();
        try
        {
            if (reference is not null)
                return;
            var made = grains.CreateObjectReference<IAppNewsObserver>(this);
            await FollowAsync(made);
            reference = made;
            _ = KeepFollowingAsync(made);
        }
        finally
        {
            starting.Release();
        }
    }

    private async Task FollowAsync(IAppNewsObserver observer)
    {
        CallContext.Act(Actor.Platform);
        var last = await grains.AppNews().FollowAsync(observer);
        lock (gate)
        {
            if (last.Source == seen.Source && last.Number <= seen.Number)
                return;
            seen = last;
            foreach (var reading in readings)
                reading.Write(null, hasGap: true);
        }
    }

    private async Task KeepFollowingAsync(IAppNewsObserver observer)
    {
        using var timer = new PeriodicTimer(FollowAgain, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
                await TryFollowAsync(observer);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The host stops.
        }
    }

    private async Task TryFollowAsync(IAppNewsObserver observer)
    {
        try
        {
            await FollowAsync(observer);
        }
        catch (Exception e) when (Outage.Is(e))
        {
            // The silo that has the grain is away; the next tick tries again.
        }
    }

    private void Close(AppNewsReading reading)
    {
        lock (gate)
            readings = readings.Remove(reading);
    }
}
