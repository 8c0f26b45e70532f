using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Grains.Storage;
using NeetoDeploy.Silo.Storage;

namespace NeetoDeploy.Silo.Tests.Storage;

public sealed class MetricsStoreTests(PostgresServer postgres)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly AppId app = new(Guid.NewGuid());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task A_span_is_replaced_and_read_back_whole(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var store = new MetricsStore(test.Database);
        await PutAsync(store, MetricsRanges.Minute, Span(Now, 1));
        await PutAsync(store, MetricsRanges.Minute, Span(Now, 2));
        await PutAsync(store, MetricsRanges.TenMinutes, Span(Now, 3));

        await test.ReopenAsync();
        store = new MetricsStore(test.Database);

        Assert.Equivalent(Span(Now, 2), Assert.Single(await store.LoadAsync(app, MetricsRanges.Minute, Now, Cancel)), strict: true);
        Assert.Empty(await store.LoadAsync(app, MetricsRanges.Minute, Now.AddTicks(1), Cancel));
        Assert.Empty(await store.LoadAsync(new AppId(Guid.NewGuid()), MetricsRanges.Minute, Now, Cancel));
        await store.DeleteAsync(app, Cancel);
        Assert.Empty(await store.LoadAsync(app, MetricsRanges.TenMinutes, Now, Cancel));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task What_is_not_kept_any_longer_goes_with_the_next_span(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var store = new MetricsStore(test.Database);
        foreach (var width in (TimeSpan[])[MetricsRanges.Minute, MetricsRanges.TenMinutes])
        {
            await PutAsync(store, width, Span(Now - MetricsRanges.Kept(width) - width, 1));
            await PutAsync(store, width, Span(Now - width, 1));
            await PutAsync(store, width, Span(Now, 1));

            var kept = await store.LoadAsync(app, width, DateTimeOffset.UnixEpoch, Cancel);
            Assert.Equal([Now - width, Now], kept.Select(span => span.Start));
        }
    }

    private Task PutAsync(MetricsStore store, TimeSpan width, AppFigures span) =>
        store.PutAsync(app, [new StoredFigures(width, span)], Now, Cancel);

    private static AppFigures Span(DateTimeOffset start, int requests) =>
        new(
            start,
            new RequestFigures([0, requests, 0, 0, 1], new(ImmutableSortedDictionary<int, long>.Empty.Add(-3, requests))),
            ImmutableSortedDictionary<string, DynoFigures>.Empty.Add("web.1", DynoFigures.Of(1 << 20, 512 << 20, 0.25))
        );
}
