using System.Threading.Channels;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Router.Metrics;

namespace NeetoDeploy.Router.Logs;

/// <summary>Lines on their way to the control plane. A full queue gives up its oldest, counts them by app, and says so.</summary>
internal sealed class RouterLineQueue
{
    private readonly Lock counting = new();
    private readonly Channel<RouterLine> lines;
    private readonly RequestMeter meter;
    private Dictionary<AppId, int> dropped = [];

    public RouterLineQueue(RouterOptions options, RequestMeter meter)
    {
        this.meter = meter;
        lines = Channel.CreateBounded<RouterLine>(
            new BoundedChannelOptions(options.LineBuffer) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            CountDropped
        );
    }

    public void Add(RouterLine line) => lines.Writer.TryWrite(line);

    public async Task WaitAsync(CancellationToken cancel) => await lines.Reader.WaitToReadAsync(cancel);

    public bool TryTake(out RouterLine? line)
    {
        if (!lines.Reader.TryRead(out line))
            return false;
        meter.Count(line);
        return true;
    }

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
        meter.Count(line);
        lock (counting)
            dropped[line.App] = dropped.GetValueOrDefault(line.App) + 1;
    }
}
