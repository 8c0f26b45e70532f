using System.Security.Cryptography;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Abstractions.Images;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Reconciling;
using NeetoDeploy.Grains.Releases;
using NeetoDeploy.Grains.Tests.Apps;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Releases;

public sealed class RetentionTests : ClusterTests
{
    private TestApp app = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Cluster.Builder.Program = Cluster.StoredAsync;
        app = await TestApp.CreateAsync(Cluster);
    }

    [Theory]
    [InlineData(nameof(IImageStore.DeleteManifestAsync))]
    [InlineData(nameof(IDynoDriver.RemoveImagesAsync))]
    public async Task The_image_of_an_old_release_is_removed_whatever_fails_once(string operation)
    {
        var oldest = await DeployAsync(0);
        await RunNothingAsync();
        var next = await DeployAsync(1);
        for (var i = 2; i < ClusterFixture.ImagesKept; i++)
            await DeployAsync(i);
        Cluster.Images.Faults.LoseNextAnswer(operation);
        Cluster.Engine.Faults.LoseNextAnswer(operation);
        await DeployAsync(ClusterFixture.ImagesKept);
        await SettledAsync();

        Assert.Null(await StoredAsync(oldest));
        Assert.NotNull(await StoredAsync(next));
        Assert.DoesNotContain(oldest, Cluster.Engine.Images);
        Assert.Contains(next, Cluster.Engine.Images);
        var refused = await app.Releases.RollbackAsync("v3");
        Assert.Equal(ErrorCodes.ReleaseNotEligible, refused.Error?.Code);
        Assert.Contains("its image has been removed", refused.Error!.Message, StringComparison.Ordinal);
        Assert.False((await app.Releases.GetAsync("v3"))!.IsEligibleForRollback);
        Assert.True((await app.Releases.RollbackAsync("v4")).IsOk);
    }

    [Fact]
    public async Task An_image_that_a_dyno_still_runs_stays_on_the_engine_until_it_is_free()
    {
        var oldest = await DeployAsync(0);
        await app.UpAsync(3, ["web.1"], Pass);
        Cluster.Probe.Shut(); // nothing newer boots
        for (var i = 1; i <= ClusterFixture.ImagesKept; i++)
            await DeployAsync(i);
        await SettledAsync();
        Assert.Contains(oldest, Cluster.Engine.Images);

        Cluster.Probe.Open();
        await app.UpAsync(ClusterFixture.ImagesKept + 3, ["web.1"], PassWhileNothingBoots);
        await Eventually.HoldsAsync("the oldest's dyno has gone", () => app.Observed().Count == 1, Pass);
        await DeployAsync(ClusterFixture.ImagesKept + 1);

        await Eventually.HoldsAsync("the image has gone", () => !Cluster.Engine.Images.Contains(oldest), Pass);
    }

    [Fact]
    public async Task Deploying_the_source_of_a_removed_image_again_makes_it_again()
    {
        var oldest = await DeployAsync(0);
        await RunNothingAsync();
        for (var i = 1; i <= ClusterFixture.ImagesKept; i++)
            await DeployAsync(i);
        await SettledAsync();
        Assert.Null(await StoredAsync(oldest));

        Assert.Equal(oldest, await DeployAsync(0));
        await SettledAsync();

        Assert.NotNull(await StoredAsync(oldest));
        var build = Cluster.Builder.Jobs.Last();
        Assert.Equal(2, build.Attempt);
    }

    [Fact]
    public async Task An_hour_later_the_blobs_of_removed_images_are_collected()
    {
        await DeployAsync(0);
        var orphan = "nobody refers to it"u8.ToArray();
        var (repository, blob) = (ImageRepositories.Of(app.Id), ImageDigest.FromHash(SHA256.HashData(orphan)));
        await Cluster.Images.PutBlobAsync(repository, blob, orphan.Length, new MemoryStream(orphan), Cancel);

        await Eventually.HoldsAsync(
            "the blob has gone",
            async () => !await Cluster.Images.HasBlobAsync(repository, blob, Cancel),
            () => Cluster.Clock.Advance(TimeSpan.FromMinutes(10))
        );
    }

    private async Task<ImageRef> DeployAsync(int number)
    {
        var build = await Cluster.BuildIsAsync(app.Id, await Grains.StartBuildAsync(app.Id, $"{number:x8}"), BuildStatus.Succeeded, Pass);
        return build.Artifact!.Image;
    }

    private async Task RunNothingAsync()
    {
        await app.UpAsync(3, ["web.1"], Pass);
        await app.ScaleAsync("web", "0");
        await Eventually.HoldsAsync("no dyno is left", () => app.Observed().Count == 0, Pass);
    }

    private Task SettledAsync() =>
        Eventually.HoldsAsync(
            "the ledger has settled",
            () => !Cluster.Work.Has(WorkKinds.Releases, app.Id.ToString()),
            () => Cluster.Clock.Advance(TimeSpan.FromSeconds(1))
        );

    private Task<ImageManifest?> StoredAsync(ImageRef image) =>
        Cluster.Images.GetManifestAsync(image.Repository, image.Digest.ToString(), Cancel);

    /// <summary>Until the next boot, which a clock that hurries on would overtake on a busy machine, it may be ten minutes.</summary>
    private void PassWhileNothingBoots()
    {
        if (app.Observed().Count > 1)
            Pass();
        else
            Cluster.Clock.Advance(TimeSpan.FromSeconds(2));
    }

    private void Pass() => Cluster.Clock.Advance(TimeSpan.FromMilliseconds(200));
}
