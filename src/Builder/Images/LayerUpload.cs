using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Images;

/// <summary>
/// Brings layers into an app's repository, doing as little as possible: nothing when the blob is there, no reading when no file changed, and no packing when
/// another app has the very same layer.
/// </summary>
internal sealed class LayerUpload(IImageStore store, string repository, string spool, SharedLayers shared)
{
    /// <summary>What became of a layer.</summary>
    /// <param name="UploadedBytes">0 when the registry had it.</param>
    internal sealed record Outcome(string Name, string Fingerprint, LayerBlob Blob, long UploadedBytes);

    public async Task<Outcome> PushAsync(ImageLayer layer, LayerIndex index, CancellationToken cancel)
    {
        var fingerprint = layer.Fingerprint();
        if (index.Find(layer.Name, fingerprint) is { } known && await store.HasBlobAsync(repository, known.Digest, cancel))
            return new(layer.Name, fingerprint, known, 0);
        var length = LayerArchive.LengthOf(layer);
        if (await FindSharedAsync(layer, length, cancel) is { } same)
            return new(layer.Name, fingerprint, same, 0);
        // Packing is work for a processor, not for a thread that serves others.
        using var archive = await Task.Run(() => LayerArchive.Write(layer, spool, cancel), cancel);
        var blob = archive.Blob;
        var isThere = await store.HasBlobAsync(repository, blob.Digest, cancel);
        if (!isThere)
            await store.PutBlobAsync(repository, blob.Digest, blob.Size, archive.Open(), cancel);
        shared.Add(length, blob, repository);
        return new(layer.Name, fingerprint, blob, isThere ? 0 : blob.Size);
    }

    /// <summary>A layer of the same content, which the registry has let this repository have too.</summary>
    private async Task<LayerBlob?> FindSharedAsync(ImageLayer layer, long length, CancellationToken cancel)
    {
        if (shared.OfLength(length) is not { Count: > 0 } candidates)
            return null;
        var content = await Task.Run(() => LayerArchive.DiffIdOf(layer, cancel), cancel);
        foreach (var (blob, owner) in candidates.Where(candidate => candidate.Blob.DiffId == content))
        {
            if (
                await store.HasBlobAsync(repository, blob.Digest, cancel)
                || await store.MountBlobAsync(repository, blob.Digest, owner, cancel)
            )
                return blob;
        }
        return null;
    }
}
