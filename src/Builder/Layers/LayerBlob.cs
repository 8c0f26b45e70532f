using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Builder.Layers;

/// <summary>A layer as a registry keeps it.</summary>
/// <param name="DiffId">Digest of the plain tar.</param>
/// <param name="Digest">Digest of the compressed tar.</param>
/// <param name="Size">Compressed, in bytes.</param>
internal sealed record LayerBlob(ImageDigest DiffId, ImageDigest Digest, long Size);
