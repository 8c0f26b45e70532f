using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Dynos;

public sealed class EngineUpkeepTests : ClusterTests
{
    [Fact]
    public async Task An_incarnation_that_nobody_knows_is_swept_away_and_others_stay()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");
        var orphan = new DynoKey(new AppId(Guid.NewGuid()), DynoName.Parse("web.1"), new ReleaseVersion(1), 1);
        await Cluster.Engine.EnsureAsync(Spec(orphan), Cancel);

        await Eventually.HoldsAsync(
            "the orphan is gone",
            () => Cluster.Engine.Specs.All(spec => spec.Key != orphan),
            () => Cluster.Clock.Advance(TimeSpan.FromSeconds(10))
        );

        Assert.Equal(1, Assert.Single(app.Observed()).Generation);
    }

    [Fact]
    public async Task A_dyno_above_its_quota_is_told_of_with_R14()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");
        Cluster.Engine.Use(app.Newest("web.1"), new DynoUsage(600L << 20, 0, TimeSpan.Zero));

        await app.LoggedAsync("heroku[web.1]: Error R14 (Memory quota exceeded)", () => Cluster.Clock.Advance(TimeSpan.FromSeconds(5)));

        Assert.Contains("heroku[web.1]: Process running mem=600M(117.2%)", app.Log());
        Assert.Equal(1, app.Newest("web.1").Generation);
    }

    [Fact]
    public async Task A_dyno_above_twice_its_quota_is_killed_with_R15_and_started_again()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");
        Cluster.Engine.Use(app.Newest("web.1"), new DynoUsage(1_100L << 20, 0, TimeSpan.Zero));

        await app.LoggedAsync(
            "heroku[web.1]: Error R15 (Memory quota vastly exceeded)",
            () => Cluster.Clock.Advance(TimeSpan.FromSeconds(5))
        );

        await Eventually.HoldsAsync(
            "web.1 is another incarnation",
            () => app.Observed() is [{ Generation: 2 }],
            () => Cluster.Clock.Advance(TimeSpan.FromMilliseconds(200))
        );
    }

    private static DynoSpec Spec(DynoKey key) =>
        new(
            key,
            new ImageRef("127.0.0.1:5001", "apps/other", ImageDigest.FromHash(new byte[32])),
            new DynoStart.Process("web"),
            ImmutableSortedDictionary<string, string>.Empty,
            DynoSize.Default
        );
}
