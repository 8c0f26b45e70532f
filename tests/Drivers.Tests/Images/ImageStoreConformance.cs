using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Drivers.Tests.Images;

/// <summary>What every image store does.</summary>
public abstract class ImageStoreConformance
{
    private const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    private readonly string repository = $"apps/{Guid.NewGuid()}";

    protected abstract IImageStore Store { get; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_blob_is_there_after_it_was_put_and_not_before()
    {
        var (content, digest) = Blob("hello");
        Assert.False(await Store.HasBlobAsync(repository, digest, Cancel));
        await Store.PutBlobAsync(repository, digest, content.Length, new MemoryStream(content), Cancel);
        Assert.True(await Store.HasBlobAsync(repository, digest, Cancel));
        await using var stored = await Store.GetBlobAsync(repository, digest, Cancel);
        using var read = new MemoryStream();
        await stored.CopyToAsync(read, Cancel);
        Assert.Equal(content, read.ToArray());
    }

    [Fact]
    public async Task Putting_a_blob_twice_is_harmless()
    {
        var (content, digest) = Blob("twice");
        for (var i = 0; i < 2; i++)
            await Store.PutBlobAsync(repository, digest, content.Length, new MemoryStream(content), Cancel);
        Assert.True(await Store.HasBlobAsync(repository, digest, Cancel));
    }

    [Fact]
    public async Task A_large_blob_survives()
    {
        var content = new byte[8 * 1024 * 1024];
        new Random(1).NextBytes(content);
        var digest = ImageDigest.FromHash(SHA256.HashData(content));
        await Store.PutBlobAsync(repository, digest, content.Length, new MemoryStream(content), Cancel);
        await using var stored = await Store.GetBlobAsync(repository, digest, Cancel);
        Assert.Equal(digest, ImageDigest.FromHash(await SHA256.HashDataAsync(stored, Cancel)));
    }

    [Fact]
    public async Task A_blob_that_is_not_what_its_digest_says_is_refused()
    {
        var (content, _) = Blob("truth");
        var (_, digest) = Blob("lie");
        var error = await Assert.ThrowsAsync<DriverException>(() =>
            Store.PutBlobAsync(repository, digest, content.Length, new MemoryStream(content), Cancel)
        );
        Assert.Equal(DriverErrorKind.Invalid, error.Kind);
        Assert.False(await Store.HasBlobAsync(repository, digest, Cancel));
    }

    [Fact]
    public async Task A_blob_that_does_not_exist_is_not_found()
    {
        var error = await Assert.ThrowsAsync<DriverException>(() => Store.GetBlobAsync(repository, Blob("never").Digest, Cancel));
        Assert.Equal(DriverErrorKind.NotFound, error.Kind);
    }

    [Fact]
    public async Task A_blob_is_mounted_from_another_repository()
    {
        var (content, digest) = Blob("shared");
        await Store.PutBlobAsync("stacks/neeto-12", digest, content.Length, new MemoryStream(content), Cancel);
        Assert.True(await Store.MountBlobAsync(repository, digest, "stacks/neeto-12", Cancel));
        Assert.True(await Store.HasBlobAsync(repository, digest, Cancel));
    }

    [Fact]
    public async Task Mounting_what_is_not_there_says_so()
    {
        var (_, digest) = Blob("nowhere");
        Assert.False(await Store.MountBlobAsync(repository, digest, "stacks/neeto-12", Cancel));
        Assert.False(await Store.HasBlobAsync(repository, digest, Cancel));
    }

    [Fact]
    public async Task A_manifest_is_read_by_its_digest_and_by_its_tag()
    {
        var manifest = await ManifestAsync("one");
        var digest = await Store.PutManifestAsync(repository, "latest", OciManifest, manifest, Cancel);
        Assert.Equal(ImageDigest.FromHash(SHA256.HashData(manifest)), digest);
        foreach (var reference in new[] { "latest", digest.ToString() })
        {
            var stored = await Store.GetManifestAsync(repository, reference, Cancel);
            Assert.NotNull(stored);
            Assert.Equal(digest, stored.Digest);
            Assert.Equal(OciManifest, stored.MediaType);
            Assert.Equal(manifest, stored.Content.ToArray());
        }
    }

    [Fact]
    public async Task A_manifest_needs_no_tag()
    {
        var manifest = await ManifestAsync("untagged");
        var digest = ImageDigest.FromHash(SHA256.HashData(manifest));
        Assert.Equal(digest, await Store.PutManifestAsync(repository, digest.ToString(), OciManifest, manifest, Cancel));
        Assert.NotNull(await Store.GetManifestAsync(repository, digest.ToString(), Cancel));
    }

    [Fact]
    public async Task A_deleted_manifest_is_gone_and_deleting_it_again_is_harmless()
    {
        var digest = await Store.PutManifestAsync(repository, "gone", OciManifest, await ManifestAsync("gone"), Cancel);
        await Store.DeleteManifestAsync(repository, digest, Cancel);
        await Store.DeleteManifestAsync(repository, digest, Cancel);
        Assert.Null(await Store.GetManifestAsync(repository, digest.ToString(), Cancel));
    }

    [Fact]
    public async Task A_removed_repository_has_nothing_any_more_and_removing_it_again_is_harmless()
    {
        var digest = await Store.PutManifestAsync(repository, "latest", OciManifest, await ManifestAsync("removed"), Cancel);
        var other = await Store.PutManifestAsync(
            $"{repository}0",
            "latest",
            OciManifest,
            await ManifestAsync("neighbour", $"{repository}0"),
            Cancel
        );

        await Store.RemoveRepositoryAsync(repository, Cancel);
        await Store.RemoveRepositoryAsync(repository, Cancel);

        Assert.Null(await Store.GetManifestAsync(repository, digest.ToString(), Cancel));
        Assert.Null(await Store.GetManifestAsync(repository, "latest", Cancel));
        Assert.NotNull(await Store.GetManifestAsync($"{repository}0", other.ToString(), Cancel));
    }

    [Fact]
    public async Task Blobs_are_collected_unless_a_manifest_refers_to_them()
    {
        var kept = await Store.PutManifestAsync(repository, "kept", OciManifest, await ManifestAsync("kept"), Cancel);
        var untagged = await ManifestAsync("untagged and kept");
        await Store.PutManifestAsync(repository, ImageDigest.FromHash(SHA256.HashData(untagged)).ToString(), OciManifest, untagged, Cancel);
        var deleted = await Store.PutManifestAsync(repository, "deleted", OciManifest, await ManifestAsync("deleted"), Cancel);
        await Store.DeleteManifestAsync(repository, deleted, Cancel);

        Assert.True(await Store.CollectAsync(Cancel));

        Assert.NotNull(await Store.GetManifestAsync(repository, kept.ToString(), Cancel));
        Assert.True(await Store.HasBlobAsync(repository, Config("kept").Digest, Cancel));
        Assert.True(await Store.HasBlobAsync(repository, Config("untagged and kept").Digest, Cancel));
        Assert.False(await Store.HasBlobAsync(repository, Config("deleted").Digest, Cancel));
        Assert.NotEmpty(await ManifestAsync("deleted")); // it can be pushed again
        Assert.True(await Store.HasBlobAsync(repository, Config("deleted").Digest, Cancel));
    }

    [Fact]
    public async Task Nothing_is_collected_while_somebody_pushes()
    {
        var (content, digest) = Blob("its manifest will follow");
        using (await Store.BeginPushAsync(Cancel))
        {
            await Store.PutBlobAsync(repository, digest, content.Length, new MemoryStream(content), Cancel);
            Assert.False(await Store.CollectAsync(Cancel));
            Assert.True(await Store.HasBlobAsync(repository, digest, Cancel));
        }
        Assert.True(await Store.CollectAsync(Cancel));
        Assert.False(await Store.HasBlobAsync(repository, digest, Cancel));
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled()
    {
        var (content, digest) = Blob("cancelled");
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.PutBlobAsync(repository, digest, content.Length, new MemoryStream(content), cancel.Token)
        );
        Assert.False(await Store.HasBlobAsync(repository, digest, Cancel));
    }

    private async Task<byte[]> ManifestAsync(string text, string? elsewhere = null)
    {
        var (config, digest) = Config(text);
        await Store.PutBlobAsync(elsewhere ?? repository, digest, config.Length, new MemoryStream(config), Cancel);
        return Encoding.UTF8.GetBytes(
            $$"""
            {"schemaVersion":2,"mediaType":"{{OciManifest}}","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{digest}}","size":{{config.Length}}},"layers":[]}
            """
        );
    }

    private static (byte[] Content, ImageDigest Digest) Config(string text) =>
        Blob($$"""{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]},"author":"{{text}}"}""");

    private static (byte[] Content, ImageDigest Digest) Blob(string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        return (content, ImageDigest.FromHash(SHA256.HashData(content)));
    }
}
