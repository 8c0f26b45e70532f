using System.Collections.Immutable;
using System.Threading.Channels;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.LogRelay.Logs;

/// <summary>What is waiting to be written to one reader. A reader that is too slow loses the oldest batches, which the numbers of the rest tell.</summary>
internal sealed class LogSubscription
{
    public const int MostBatches = 1024;

    private readonly Channel<ImmutableArray<LogLine>> batches = Channel.CreateBounded<ImmutableArray<LogLine>>(
        new BoundedChannelOptions(MostBatches) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }
    );

    public ChannelReader<ImmutableArray<LogLine>> Reader => batches.Reader;

    public void Write(ImmutableArray<LogLine> lines) => batches.Writer.TryWrite(lines);
}
