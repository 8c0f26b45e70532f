using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Metrics;
using NeetoDeploy.Grains.Tests.Apps;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Metrics;

public sealed class MetricsGrainTests : ClusterTests
{
    [Fact]
    public async Task What_routers_count_adds_up_in_each_range_and_outlives_the_silo()
    {
        var app = await Grains.CreateAppAsync();
        await AddAsync(app, requests: 3);
        await AddAsync(app, requests: 4);

        await Cluster.CrashAsync();
        await AddAsync(app, requests: 5);

        foreach (var range in Enum.GetValues<MetricsRange>())
        {
            var spans = await Grains.Metrics(app).ReadAsync(range);
            Assert.Equal(range.Count(), spans.Length);
            Assert.Equal(12, spans[^1].Requests.Total);
            Assert.Equal(12, spans.Sum(span => span.Requests.Total));
            Assert.Equal(12, spans[^1].Requests.Times.Counts[40]);
        }
    }

    [Fact]
    public async Task A_report_that_is_told_again_is_not_counted_again()
    {
        var (app, report) = (await Grains.CreateAppAsync(), Guid.NewGuid());
        await AddAsync(app, requests: 3, report);
        await AddAsync(app, requests: 3, report);

        Assert.Equal(3, (await Grains.Metrics(app).ReadAsync(MetricsRange.Hour))[^1].Requests.Total);
    }

    [Fact]
    public async Task What_is_told_late_is_counted_when_it_was()
    {
        var app = await Grains.CreateAppAsync();
        var earlier = Cluster.Clock.GetUtcNow();
        await AddAsync(app, requests: 1);
        Cluster.Clock.Advance(TimeSpan.FromMinutes(30));
        await AddAsync(app, requests: 2);
        await Grains.Metrics(app).AddRequestsAsync(Guid.NewGuid(), [Figures(app, earlier, 4)]);

        var minutes = await Grains.Metrics(app).ReadAsync(MetricsRange.Hour);
        Assert.Equal([5, 2], minutes.Select(span => span.Requests.Total).Where(total => total > 0));
    }

    [Fact]
    public async Task Dynos_are_measured_and_one_that_was_measured_once_has_no_rate_yet()
    {
        var app = await TestApp.ReleasedAsync(Cluster, ("web", "node server.js"));
        await app.UpAsync(3, "web.1");
        var key = app.Newest("web.1");
        var cpu = TimeSpan.Zero;

        var spans = await Eventually.SeesAsync(
            "web.1 is measured",
            () => Grains.Metrics(app.Id).ReadAsync(MetricsRange.Hour),
            seen => seen.Any(span => !span.Dynos.IsEmpty),
            () =>
            {
                Cluster.Engine.Use(key, new DynoUsage(100 << 20, 0, cpu += TimeSpan.FromSeconds(10)));
                Cluster.Clock.Advance(TimeSpan.FromSeconds(20));
            }
        );

        var dyno = Assert.Single(spans.First(span => !span.Dynos.IsEmpty).Dynos);
        Assert.Equal(("web.1", 100L << 20, 512L << 20), (dyno.Key, dyno.Value.MostMemoryBytes, dyno.Value.Quota));
        Assert.True(dyno.Value.MeanCpus >= 0);
    }

    [Fact]
    public async Task An_app_that_has_gone_leaves_nothing_and_nothing_comes_after_it()
    {
        var app = await Grains.CreateAppAsync();
        await AddAsync(app, requests: 3);
        await Grains.App(app).DestroyAsync();
        await Eventually.HoldsAsync("the figures are gone", async () => (await StoredAsync(app)).IsEmpty, Pass);

        await AddAsync(app, requests: 3);

        Assert.Empty(await StoredAsync(app));
    }

    private void Pass() => Cluster.Clock.Advance(TimeSpan.FromMilliseconds(250));

    private Task<ImmutableArray<AppFigures>> StoredAsync(AppId app) =>
        Cluster.Figures.LoadAsync(app, MetricsRanges.Minute, DateTimeOffset.MinValue, Cancel);

    private Task AddAsync(AppId app, int requests, Guid? report = null) =>
        Grains.Metrics(app).AddRequestsAsync(report ?? Guid.NewGuid(), [Figures(app, Cluster.Clock.GetUtcNow(), requests)]);

    private static RoutedFigures Figures(AppId app, DateTimeOffset time, int requests) =>
        new(
            app,
            AppFigures.StartOf(time, MetricsRanges.Minute),
            new RequestFigures([0, requests, 0, 0, 0], new(ImmutableSortedDictionary<int, long>.Empty.Add(40, requests)))
        );
}
