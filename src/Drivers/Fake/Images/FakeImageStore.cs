using System.Collections.Concurrent;
using System.Security.Cryptography;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Drivers.Fake.Images;

/// <summary>A registry in memory.</summary>
public sealed partial class FakeImageStore(TimeProvider time) : IImageStore
{
    private readonly ConcurrentDictionary<(string Repository, ImageDigest Digest), byte[]> blobs = [];
    private readonly ConcurrentDictionary<(string Repository, string Reference), ImageManifest> manifests = [];

    /// <summary>Makes calls fail, hang or take long.</summary>
    public FakeFaults Faults { get; } = new(time);

    public string Registry => "127.0.0.1:5001";

    /// <summary>Bytes that were uploaded so far.</summary>
    public long UploadedBytes { get; private set; }

    public async Task<bool> HasBlobAsync(string repository, ImageDigest digest, CancellationToken cancel)
    {
        (await Faults.EnterAsync(nameof(HasBlobAsync), cancel))();
        return blobs.ContainsKey((repository, digest));
    }

    public async Task<bool> MountBlobAsync(string repository, ImageDigest digest, string fromRepository, CancellationToken cancel)
    {
        (await Faults.EnterAsync(nameof(MountBlobAsync), cancel))();
        if (!blobs.TryGetValue((fromRepository, digest), out var blob))
            return false;
        blobs[(repository, digest)] = blob;
        return true;
    }

    public async Task PutBlobAsync(string repository, ImageDigest digest, long length, Stream content, CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(PutBlobAsync), cancel);
        using var buffer = new MemoryStream();
        await content.CopyToAsync(buffer, cancel);
        var bytes = buffer.ToArray();
        if (bytes.LongLength != length || ImageDigest.FromHash(SHA256.HashData(bytes)) != digest)
            throw new DriverException(DriverErrorKind.Invalid, "blob.digest_mismatch", $"The content is not {digest}.");
        blobs[(repository, digest)] = bytes;
        UploadedBytes += length;
        leave();
    }

    public async Task<Stream> GetBlobAsync(string repository, ImageDigest digest, CancellationToken cancel)
    {
        (await Faults.EnterAsync(nameof(GetBlobAsync), cancel))();
        return blobs.TryGetValue((repository, digest), out var blob)
            ? new MemoryStream(blob, writable: false)
            : throw new DriverException(DriverErrorKind.NotFound, "blob.not_found", $"There is no blob {digest} in {repository}.");
    }

    public async Task<ImageDigest> PutManifestAsync(
        string repository,
        string reference,
        string mediaType,
        ReadOnlyMemory<byte> manifest,
        CancellationToken cancel
    )
    {
        var leave = await Faults.EnterAsync(nameof(PutManifestAsync), cancel);
        var digest = ImageDigest.FromHash(SHA256.HashData(manifest.Span));
        var stored = new ImageManifest(digest, mediaType, manifest.ToArray());
        manifests[(repository, reference)] = stored;
        manifests[(repository, digest.ToString())] = stored;
        leave();
        return digest;
    }

    public async Task<ImageManifest?> GetManifestAsync(string repository, string reference, CancellationToken cancel)
    {
        (await Faults.EnterAsync(nameof(GetManifestAsync), cancel))();
        return manifests.GetValueOrDefault((repository, reference));
    }

    public async Task DeleteManifestAsync(string repository, ImageDigest digest, CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(DeleteManifestAsync), cancel);
        foreach (var stored in manifests.Where(m => m.Key.Repository == repository && m.Value.Digest == digest))
            manifests.TryRemove(stored);
        leave();
    }

    public async Task RemoveRepositoryAsync(string repository, CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(RemoveRepositoryAsync), cancel);
        foreach (var stored in manifests.Where(m => m.Key.Repository == repository))
            manifests.TryRemove(stored);
        foreach (var stored in blobs.Where(b => b.Key.Repository == repository))
            blobs.TryRemove(stored);
        leave();
    }
}
