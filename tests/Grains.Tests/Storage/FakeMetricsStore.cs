using System.Collections.Concurrent;
using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Tests.Storage;

/// <summary>Figures in memory.</summary>
public sealed class FakeMetricsStore : IMetricsStore
{
    private readonly ConcurrentDictionary<(AppId App, TimeSpan Width, DateTimeOffset Start), AppFigures> rows = [];

    public Task<ImmutableArray<AppFigures>> LoadAsync(AppId app, TimeSpan width, DateTimeOffset from, CancellationToken cancel) =>
        Task.FromResult<ImmutableArray<AppFigures>>([
            .. rows.Where(row => row.Key.App == app && row.Key.Width == width && row.Key.Start >= from)
                .OrderBy(row => row.Key.Start)
                .Select(row => row.Value),
        ]);

    public Task PutAsync(AppId app, ImmutableArray<StoredFigures> figures, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var one in figures)
            rows[(app, one.Width, one.Figures.Start)] = one.Figures;
        foreach (var old in rows.Keys.Where(key => key.App == app && key.Start < now - MetricsRanges.Kept(key.Width)).ToList())
            rows.TryRemove(old, out _);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(AppId app, CancellationToken cancel)
    {
        foreach (var key in rows.Keys.Where(key => key.App == app).ToList())
            rows.TryRemove(key, out _);
        return Task.CompletedTask;
    }
}
