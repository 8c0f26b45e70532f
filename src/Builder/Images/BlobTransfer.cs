using System.Security.Cryptography;
using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Images;

/// <summary>Brings blobs that exist into an app's repository.</summary>
internal sealed class BlobTransfer(IImageStore store, string repository)
{
    /// <summary>Makes a layer of another repository available here, moving its bytes only when the registry cannot do it alone.</summary>
    public async Task BorrowAsync(LayerBlob blob, string fromRepository, CancellationToken cancel)
    {
        if (
            await store.HasBlobAsync(repository, blob.Digest, cancel)
            || await store.MountBlobAsync(repository, blob.Digest, fromRepository, cancel)
        )
            return;
        await using var content = await store.GetBlobAsync(fromRepository, blob.Digest, cancel);
        await store.PutBlobAsync(repository, blob.Digest, blob.Size, content, cancel);
    }

    /// <summary>Makes an image of layers that are here: the commit point of a push. By digest, without a tag: an attempt leaves nothing that would have to be removed.</summary>
    public async Task<PushedImage> PutImageAsync(byte[] config, IEnumerable<StoredLayer> layers, CancellationToken cancel)
    {
        var configDigest = ImageDigest.FromHash(SHA256.HashData(config));
        await PutAsync(config, configDigest, cancel);
        var manifest = ImageDocuments.Manifest(config, configDigest, layers);
        var digest = ImageDigest.FromHash(SHA256.HashData(manifest));
        await store.PutManifestAsync(repository, digest.ToString(), ImageDocuments.ManifestType, manifest, cancel);
        return new(new ImageRef(store.Registry, repository, digest), configDigest, manifest.Length);
    }

    private async Task PutAsync(byte[] content, ImageDigest digest, CancellationToken cancel)
    {
        if (!await store.HasBlobAsync(repository, digest, cancel))
            await store.PutBlobAsync(repository, digest, content.Length, new MemoryStream(content, writable: false), cancel);
    }
}

/// <summary>An image that has just been stored.</summary>
/// <param name="ConfigDigest">Known to engines as the image's id.</param>
/// <param name="ManifestSize">In bytes.</param>
internal sealed record PushedImage(ImageRef Image, ImageDigest ConfigDigest, int ManifestSize);
