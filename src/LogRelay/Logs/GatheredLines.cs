using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.LogRelay.Logs;

/// <summary>
/// Lines on their way to all readers of an app: handed on at once after a silence, and otherwise <see cref="Pause"/> apart, because what sending costs goes by readers
/// and batches and not by lines. All readers get the very same batch, so that whatever it is packed into can be made once. Not for more than one thread at a time;
/// what is handed on later is under the given lock.
/// </summary>
internal sealed class GatheredLines : IAsyncDisposable
{
    /// <summary>Between batches.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private const int MostLines = 1_000;

    private readonly TimeProvider time;
    private readonly Action<IReadOnlyList<LogLine>> handOn;
    private readonly ITimer timer;
    private List<LogLine> lines = [];
    private long? handedOnAt;
    private bool isDue;

    public GatheredLines(TimeProvider time, Lock gate, Action<IReadOnlyList<LogLine>> handOn)
    {
        this.time = time;
        this.handOn = handOn;
        timer = time.CreateTimer(
            _ =>
            {
                lock (gate)
                    HandOn();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    public void Add(IEnumerable<LogLine> more)
    {
        lines.AddRange(more);
        var rest = handedOnAt is { } last ? Pause - time.GetElapsedTime(last) : TimeSpan.Zero;
        if (rest <= TimeSpan.Zero || lines.Count >= MostLines)
            HandOn();
        else if (!isDue)
            isDue = timer.Change(rest, Timeout.InfiniteTimeSpan);
    }

    public ValueTask DisposeAsync() => timer.DisposeAsync();

    private void HandOn()
    {
        isDue = false;
        if (lines.Count == 0)
            return;
        var batch = lines;
        lines = [];
        handedOnAt = time.GetTimestamp();
        handOn(batch);
    }
}
