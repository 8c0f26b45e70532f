namespace NeetoDeploy.Core.Images;

/// <summary>An image by content: the engine pulls <c>registry/repository@digest</c>, never a tag.</summary>
/// <param name="Registry">Host and port, such as <c>127.0.0.1:5001</c>.</param>
/// <param name="Repository">The path in the registry, such as <c>apps/1b4e…</c>.</param>
/// <param name="Digest">The digest of the manifest.</param>
[GenerateSerializer, Immutable, Alias("neeto.ImageRef")]
public sealed record ImageRef([property: Id(0)] string Registry, [property: Id(1)] string Repository, [property: Id(2)] ImageDigest Digest)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Registry}/{Repository}@{Digest}";
}
