using System.Threading.Channels;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.LogRelay.Logs;

/// <summary>What is waiting to be written to one reader. A reader that is too slow loses the oldest batches, which the numbers of the rest tell.</summary>
internal sealed class LogSubscription
{
    public const int MostBatches = 1024;

    private readonly Channel<IReadOnlyList<LogLine>> batches = Channel.CreateBounded<IReadOnlyList<LogLine>>(
        new BoundedChannelOptions(MostBatches) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }
    );

    public ChannelReader<IReadOnlyList<LogLine>> Reader => batches.Reader;

    public void Write(IReadOnlyList<LogLine> lines) => batches.Writer.TryWrite(lines);
}
