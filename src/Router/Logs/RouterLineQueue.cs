using System.Threading.Channels;
using NeetoDeploy.Core.Apps;

namespace NeetoDeploy.Router.Logs;

/// <summary>Lines on their way to the control plane. A full queue gives up its oldest, counts them by app, and says so.</summary>
internal sealed class RouterLineQueue
{
    private readonly Lock counting = new();
    private readonly Channel<RouterLine> lines;
    private Dictionary<AppId, int> dropped = [];

    public RouterLineQueue(RouterOptions options)
    {
        lines = Channel.CreateBounded<RouterLine>(
            new BoundedChannelOptions(options.LineBuffer) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            CountDropped
        );
    }

    public void Add(RouterLine line) => lines.Writer.TryWrite(line);

    public async Task WaitAsync(CancellationToken cancel) => await lines.Reader.WaitToReadAsync(cancel);

    public bool TryTake(out RouterLine? line) => lines.Reader.TryRead(out line);

    /// <summary>How many lines each app has lost since the last call.</summary>
    public IReadOnlyDictionary<AppId, int> TakeDropped()
    {
        lock (counting)
        {
            var taken = dropped;
            if (taken.Count > 0)
                dropped = [];
            return taken;
        }
    }

    private void CountDropped(RouterLine line)
    {
        lock (counting)
            dropped[line.App] = dropped.GetValueOrDefault(line.App) + 1;
    }
}
