using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Metrics;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Metrics;

/// <summary>Adds figures up in the minute and the ten minutes that they belong to, and stores both at once: nothing has to be rolled up later.</summary>
[GrainType("metrics")]
public sealed class MetricsGrain(IMetricsStore store, TimeProvider time) : Grain, IMetricsGrain
{
    private const int ReportsRemembered = 64;

    /// <summary>How much a router's clock may be ahead.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private static readonly ImmutableArray<TimeSpan> Widths = [MetricsRanges.Minute, MetricsRanges.TenMinutes];

    /// <summary>Spans that are still added to.</summary>
    private readonly Dictionary<(TimeSpan Width, DateTimeOffset Start), AppFigures> open = [];

    private readonly Queue<Guid> taken = [];
    private bool? isAppThere;

    private AppId App => AppId.Parse(this.GetPrimaryKeyString());

    public async Task AddRequestsAsync(Guid report, ImmutableArray<RoutedFigures> figures)
    {
        if (taken.Contains(report))
            return;
        await AddAsync([.. figures.Select(one => AppFigures.None(one.Start) with { Requests = one.Requests })]);
        taken.Enqueue(report);
        if (taken.Count > ReportsRemembered)
            taken.Dequeue();
    }

    public Task AddDynosAsync(ImmutableDictionary<string, DynoFigures> dynos) =>
        AddAsync([AppFigures.None(time.GetUtcNow()) with { Dynos = dynos.ToImmutableSortedDictionary() }]);

    public async Task<ImmutableArray<AppFigures>> ReadAsync(MetricsRange range)
    {
        var from = time.GetUtcNow() - (range.Count() - 1) * range.Width();
        var stored = await store.LoadAsync(App, range.Stored(), AppFigures.StartOf(from, range.Width()), CancellationToken.None);
        return AppFigures.Series(stored, from, range.Width(), range.Count());
    }

    public async Task DestroyAsync()
    {
        isAppThere = false;
        open.Clear();
        await store.DeleteAsync(App, CancellationToken.None);
        DeactivateOnIdle();
    }

    private async Task AddAsync(ImmutableArray<AppFigures> figures)
    {
        // What is told late of an app that has gone is dropped.
        if (!(isAppThere ??= await GrainFactory.App(App).GetAsync() is not null))
            return;
        var now = time.GetUtcNow();
        var next = new Dictionary<(TimeSpan Width, DateTimeOffset Start), AppFigures>();
        foreach (var width in Widths)
        {
            // Also none of a time to come: it would never be old enough to go.
            var kept = figures.Where(one => one.Start >= now - MetricsRanges.Kept(width) && one.Start <= now + Ahead).ToList();
            await OpenAsync(width, kept);
            foreach (var one in kept)
            {
                var key = (width, AppFigures.StartOf(one.Start, width));
                next[key] = (next.GetValueOrDefault(key) ?? open.GetValueOrDefault(key) ?? AppFigures.None(key.Item2)).Add(one);
            }
        }
        await store.PutAsync(App, [.. next.Select(span => new StoredFigures(span.Key.Width, span.Value))], now, CancellationToken.None);
        foreach (var (key, span) in next)
            open[key] = span;
        // Routers tell late when the control plane was away; what is older is loaded again.
        foreach (var key in open.Keys.Where(key => key.Start < now - 3 * key.Width).ToList())
            open.Remove(key);
    }

    /// <summary>Loads the spans that figures belong to, unless all are known.</summary>
    private async Task OpenAsync(TimeSpan width, IEnumerable<AppFigures> figures)
    {
        var unknown = figures
            .Select(one => AppFigures.StartOf(one.Start, width))
            .Where(start => !open.ContainsKey((width, start)))
            .ToList();
        if (unknown.Count == 0)
            return;
        foreach (var span in await store.LoadAsync(App, width, unknown.Min(), CancellationToken.None))
            open.TryAdd((width, span.Start), span);
    }
}
