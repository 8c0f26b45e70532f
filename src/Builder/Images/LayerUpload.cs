using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Images;

/// <summary>Brings layers into an app's repository, doing as little as possible: nothing when the blob is there, no reading when no file changed.</summary>
internal sealed class LayerUpload(IImageStore store, string repository, string spool)
{
    /// <summary>What became of a layer.</summary>
    /// <param name="UploadedBytes">0 when the registry had it.</param>
    internal sealed record Outcome(string Name, string Fingerprint, LayerBlob Blob, long UploadedBytes);

    public async Task<Outcome> PushAsync(ImageLayer layer, LayerIndex index, CancellationToken cancel)
    {
        var fingerprint = layer.Fingerprint();
        if (index.Find(layer.Name, fingerprint) is { } known && await store.HasBlobAsync(repository, known.Digest, cancel))
            return new(layer.Name, fingerprint, known, 0);
        // Packing is work for a processor, not for a thread that serves others.
        using var archive = await Task.Run(() => LayerArchive.Write(layer, spool, cancel), cancel);
        var blob = archive.Blob;
        if (await store.HasBlobAsync(repository, blob.Digest, cancel))
            return new(layer.Name, fingerprint, blob, 0);
        await store.PutBlobAsync(repository, blob.Digest, blob.Size, archive.Open(), cancel);
        return new(layer.Name, fingerprint, blob, blob.Size);
    }

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
