using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Drivers.Abstractions.Dynos;

/// <summary>
/// Runs dynos on a container engine or a cluster. Every call may be repeated; failures are <see cref="DriverException"/>.
/// Everything it makes carries the installation's label, and nothing without that label is ever touched.
/// </summary>
public interface IDynoDriver
{
    /// <summary>Every incarnation of this installation, of every app.</summary>
    Task<IReadOnlyList<DynoObservation>> ObserveAsync(CancellationToken cancel);

    /// <summary>Every incarnation of one app.</summary>
    Task<IReadOnlyList<DynoObservation>> ObserveAsync(AppId app, CancellationToken cancel);

    /// <summary>Creates and starts the incarnation unless it exists; answers it as it stands. Never restarts an exited one.</summary>
    Task<DynoObservation> EnsureAsync(DynoSpec spec, CancellationToken cancel);

    /// <summary>Sends SIGTERM to every process, and SIGKILL after <paramref name="grace"/>. Answers at once; observe it to learn when it has exited.</summary>
    Task StopAsync(DynoHandle handle, TimeSpan grace, CancellationToken cancel);

    /// <summary>Removes the incarnation, killing it when it still runs. Removing what does not exist is no error.</summary>
    Task RemoveAsync(DynoHandle handle, CancellationToken cancel);

    /// <summary>Removes what an app leaves behind: its network, idle sandboxes, and images.</summary>
    Task RemoveAppAsync(AppId app, CancellationToken cancel);

    /// <summary>Fetches an image ahead of its first start.</summary>
    Task PullAsync(ImageRef image, CancellationToken cancel);

    /// <summary>Removes fetched images. One that something still uses stays; removing what does not exist is no error.</summary>
    Task RemoveImagesAsync(IReadOnlyCollection<ImageRef> images, CancellationToken cancel);
}

/// <summary>A driver that tells of starts and exits as they happen. A hint only: observing decides.</summary>
public interface ISupportsWatch
{
    /// <summary>The keys of incarnations that changed, until cancelled. It ends with a <see cref="DriverException"/> when the engine goes away.</summary>
    IAsyncEnumerable<DynoKey> WatchAsync(CancellationToken cancel);
}

/// <summary>A driver that can follow what dynos write.</summary>
public interface ISupportsLogTail
{
    /// <summary>
    /// Lines of stdout and stderr in order, first those after <paramref name="after"/>, then live; it ends when the dyno has exited and all was read.
    /// </summary>
    IAsyncEnumerable<DynoOutputLine> FollowAsync(DynoHandle handle, DateTimeOffset? after, CancellationToken cancel);
}

/// <summary>A line that a dyno wrote.</summary>
/// <param name="Time">The engine's time stamp, in the engine's resolution; it never goes back within one dyno.</param>
public sealed record DynoOutputLine(DateTimeOffset Time, string Text);

/// <summary>A driver that can join a terminal or pipes to a one-off dyno.</summary>
public interface ISupportsAttach
{
    /// <summary>Creates the incarnation, attaches, and only then starts it, so that no output is lost.</summary>
    Task<IAttachedDyno> StartAttachedAsync(DynoSpec spec, CancellationToken cancel);
}

/// <summary>The two ends of an attached one-off dyno. With a terminal both directions are its raw bytes.</summary>
public interface IAttachedDyno : IAsyncDisposable
{
    DynoHandle Handle { get; }

    /// <summary>Reads the next bytes of output; 0 at the end.</summary>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel);

    /// <summary>Writes to standard input.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>Tells the program how large its terminal is now. Without one, or once it has ended, nothing happens.</summary>
    ValueTask ResizeAsync(TerminalSize terminal, CancellationToken cancel);

    /// <summary>Closes standard input; output goes on.</summary>
    ValueTask CloseInputAsync(CancellationToken cancel);
}

/// <summary>A driver that can leave processors to dynos which builds would else use.</summary>
public interface ISupportsReserve
{
    /// <summary>
    /// Keeps builds, and what works in the background, off a quarter of the processors, at least one, until it is said again with false. Saying the same again
    /// mends what has changed meanwhile. With a single processor, or without the right to, it does nothing.
    /// </summary>
    void LeaveProcessorsToDynos(bool isNeeded);
}

/// <summary>A driver that measures.</summary>
public interface ISupportsStats
{
    /// <summary>What a running dyno uses now; null when it does not run.</summary>
    Task<DynoUsage?> MeasureAsync(DynoHandle handle, CancellationToken cancel);
}

/// <summary>Memory without page cache, in bytes, and CPU time since the start.</summary>
public sealed record DynoUsage(long MemoryBytes, long CacheBytes, TimeSpan Cpu);
