using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Router.Logs;

namespace NeetoDeploy.Router.Metrics;

/// <summary>
/// Counts requests by app and minute. It counts lines when they leave the queue, or are given up there: what a request itself does is no more than before.
/// </summary>
internal sealed class RequestMeter
{
    private readonly Lock gate = new();
    private Dictionary<(AppId App, long Minute), RequestCounter> counters = [];

    public void Count(RouterLine line)
    {
        var key = (line.App, line.Time.UtcTicks / TimeSpan.TicksPerMinute);
        lock (gate)
        {
            if (!counters.TryGetValue(key, out var counter))
            {
                // The control plane has been away for long.
                if (counters.Count >= RoutedReport.MostFigures)
                    counters.Remove(counters.Keys.MinBy(old => old.Minute));
                counters.Add(key, counter = new());
            }
            counter.Count(line);
        }
    }

    /// <summary>What was counted since the last call.</summary>
    public ImmutableArray<RoutedFigures> Take()
    {
        Dictionary<(AppId App, long Minute), RequestCounter> taken;
        lock (gate)
            (taken, counters) = (counters, []);
        return
        [
            .. taken.Select(one => new RoutedFigures(
                one.Key.App,
                new DateTimeOffset(one.Key.Minute * TimeSpan.TicksPerMinute, TimeSpan.Zero),
                one.Value.Figures()
            )),
        ];
    }
}
