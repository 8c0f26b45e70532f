using System.Collections.Concurrent;

namespace NeetoDeploy.Router.Forwarding;

/// <summary>The time that a dyno has to begin its answer. Timers are used again, because every request needs one and nearly none goes off.</summary>
internal sealed class FirstByteTimer
{
    private const int MostKept = 256;

    private static readonly ConcurrentQueue<FirstByteTimer> Kept = [];

    private readonly CancellationTokenSource source = new();

    public CancellationToken Late => source.Token;

    public static FirstByteTimer Rent() => Kept.TryDequeue(out var timer) ? timer : new();

    public void Start(TimeSpan time) => source.CancelAfter(time);

    public void Stop() => source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Return()
    {
        if (Kept.Count < MostKept && source.TryReset())
            Kept.Enqueue(this);
        else
            source.Dispose();
    }
}
