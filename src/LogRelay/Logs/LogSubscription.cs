using System.Collections.Immutable;
using System.Threading.Channels;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.LogRelay.Logs;

/// <summary>What is waiting to be written to one reader. A reader that is too slow loses the oldest batches and is told how many lines.</summary>
internal sealed class LogSubscription
{
    private const int MaxBatches = 1024;

    private readonly Channel<ImmutableArray<LogLine>> batches;
    private int dropped;

    public LogSubscription() =>
        batches = Channel.CreateBounded<ImmutableArray<LogLine>>(
            new BoundedChannelOptions(MaxBatches) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            lost => Interlocked.Add(ref dropped, lost.Length)
        );

    public ChannelReader<ImmutableArray<LogLine>> Reader => batches.Reader;

    public void Write(ImmutableArray<LogLine> lines) => batches.Writer.TryWrite(lines);

    /// <summary>Lines lost since the last question.</summary>
    public int TakeDropped() => Interlocked.Exchange(ref dropped, 0);
}
