using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Drivers.Fake.Dynos;

/// <summary>Watching, following, attaching, measuring.</summary>
public sealed partial class FakeDynoDriver : ISupportsWatch, ISupportsLogTail, ISupportsAttach, ISupportsStats
{
    private readonly ConcurrentDictionary<Channel<DynoKey>, byte> watchers = [];
    private readonly ConcurrentDictionary<DynoKey, DynoUsage> usage = [];

    /// <summary>How many watches are open.</summary>
    public int Watchers => watchers.Count;

    public async IAsyncEnumerable<DynoKey> WatchAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var channel = Channel.CreateUnbounded<DynoKey>();
        watchers[channel] = 0;
        try
        {
            var leave = await Faults.EnterAsync(nameof(WatchAsync), cancel);
            leave();
            await foreach (var key in channel.Reader.ReadAllAsync(cancel))
                yield return key;
        }
        finally
        {
            watchers.TryRemove(channel, out _);
        }
    }

    /// <summary>Ends every watch, as a restart of the engine does.</summary>
    public void BreakWatches()
    {
        foreach (var watcher in watchers.Keys)
            watcher.Writer.TryComplete(
                new DriverException(DriverErrorKind.Unavailable, "engine.unavailable", "The fake engine went away.")
            );
    }

    public async IAsyncEnumerable<DynoOutputLine> FollowAsync(
        DynoHandle handle,
        DateTimeOffset? after,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var leave = await Faults.EnterAsync(nameof(FollowAsync), cancel);
        leave();
        var output = Get(handle).Output;
        for (var next = 0; ; )
        {
            var lines = await output.LinesAsync(next, cancel);
            if (lines.Length == 0)
                yield break;
            next += lines.Length;
            foreach (var line in lines.Where(line => after is null || line.Time > after))
                yield return line;
        }
    }

    public async Task<IAttachedDyno> StartAttachedAsync(DynoSpec spec, CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(StartAttachedAsync), cancel);
        var (dyno, isNew) = Create(spec);
        if (!isNew)
            throw new DriverException(DriverErrorKind.Conflict, "dyno.exists", $"The dyno {spec.Key} exists.");
        dyno.Start(Announce);
        leave();
        return new FakeAttachedDyno(dyno);
    }

    public async Task<DynoUsage?> MeasureAsync(DynoHandle handle, CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(MeasureAsync), cancel);
        leave();
        return dynos.TryGetValue(handle, out var dyno) && dyno.Observation.Phase == DynoPhase.Running
            ? usage.GetValueOrDefault(dyno.Spec.Key, new DynoUsage(20 << 20, 0, TimeSpan.Zero))
            : null;
    }

    /// <summary>What <see cref="MeasureAsync"/> answers for a dyno from now on.</summary>
    public void Use(DynoKey key, DynoUsage now) => usage[key] = now;

    private FakeDyno Get(DynoHandle handle) =>
        dynos.GetValueOrDefault(handle)
        ?? throw new DriverException(DriverErrorKind.NotFound, "dyno.not_found", $"There is no dyno {handle.Value}.");

    private void Announce(DynoKey key)
    {
        foreach (var watcher in watchers.Keys)
            watcher.Writer.TryWrite(key);
    }
}
