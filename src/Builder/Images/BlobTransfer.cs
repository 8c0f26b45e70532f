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

    public async Task PutAsync(byte[] content, ImageDigest digest, CancellationToken cancel)
    {
        if (!await store.HasBlobAsync(repository, digest, cancel))
            await store.PutBlobAsync(repository, digest, content.Length, new MemoryStream(content, writable: false), cancel);
    }
}
