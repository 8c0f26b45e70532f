using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Drivers.Abstractions.Images;

/// <summary>An OCI registry, by the OCI Distribution Specification 1.1. No buildpack ever sees it.</summary>
public interface IImageStore
{
    /// <summary>Host and port as the engine must name it.</summary>
    string Registry { get; }

    Task<bool> HasBlobAsync(string repository, ImageDigest digest, CancellationToken cancel);

    /// <summary>Makes a blob of one repository available in another without moving bytes; false when it must be uploaded.</summary>
    Task<bool> MountBlobAsync(string repository, ImageDigest digest, string fromRepository, CancellationToken cancel);

    /// <summary>Uploads a blob; <paramref name="content"/> is read once to its end and must have the given digest and length.</summary>
    Task PutBlobAsync(string repository, ImageDigest digest, long length, Stream content, CancellationToken cancel);

    /// <summary>Reads a blob; the caller disposes the stream.</summary>
    Task<Stream> GetBlobAsync(string repository, ImageDigest digest, CancellationToken cancel);

    /// <summary>Stores a manifest under a tag or its digest: the commit point of a push. Answers its digest.</summary>
    Task<ImageDigest> PutManifestAsync(
        string repository,
        string reference,
        string mediaType,
        ReadOnlyMemory<byte> manifest,
        CancellationToken cancel
    );

    /// <summary>Reads a manifest by tag or digest; null when there is none.</summary>
    Task<ImageManifest?> GetManifestAsync(string repository, string reference, CancellationToken cancel);

    /// <summary>Removes a manifest; its blobs go with the next collection.</summary>
    Task DeleteManifestAsync(string repository, ImageDigest digest, CancellationToken cancel);

    /// <summary>
    /// Removes a repository with all its manifests; its blobs go with the next collection. Nobody may push to it any more. Of a registry that is not
    /// the installation's own nothing is removed: it has rules of its own for that.
    /// </summary>
    Task RemoveRepositoryAsync(string repository, CancellationToken cancel);

    /// <summary>
    /// Begins a push: until the answer is disposed nothing is collected, so that blobs stay there while no manifest refers to them yet. It waits for a
    /// collection that runs.
    /// </summary>
    Task<IDisposable> BeginPushAsync(CancellationToken cancel);

    /// <summary>Removes the blobs that no manifest refers to. False: somebody is pushing, ask again later.</summary>
    Task<bool> CollectAsync(CancellationToken cancel);
}

/// <summary>A manifest's exact bytes and their digest.</summary>
public sealed record ImageManifest(ImageDigest Digest, string MediaType, ReadOnlyMemory<byte> Content);
