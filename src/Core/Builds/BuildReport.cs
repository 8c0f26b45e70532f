using System.Collections.Immutable;

namespace NeetoDeploy.Core.Builds;

/// <summary>What a build shows of the image that it made: its layers, what could not be taken from a cache, and how it grew.</summary>
/// <param name="Layers">The app's own, bottom first.</param>
/// <param name="CacheMisses">What was made anew although a build before had made it, or might have.</param>
/// <param name="PreviousSizeBytes">Compressed size of the current release's own layers when the build began; null when there was none.</param>
/// <param name="Sboms">Bills of materials in the image, by their paths in <c>/layers/sbom/launch</c>, such as <c>neeto_nodejs/node/sbom.cdx.json</c>.</param>
[GenerateSerializer, Immutable, Alias("neeto.BuildReport")]
public sealed record BuildReport(
    [property: Id(0)] ImmutableArray<BuiltLayer> Layers,
    [property: Id(1)] ImmutableArray<CacheMiss> CacheMisses,
    [property: Id(2)] long? PreviousSizeBytes,
    [property: Id(3)] ImmutableArray<string> Sboms
)
{
    /// <summary>Compressed, in bytes.</summary>
    public long SizeBytes() => Layers.Sum(layer => layer.SizeBytes);

    /// <summary>Layer bytes that had to be uploaded.</summary>
    public long UploadedBytes() => Layers.Sum(layer => layer.UploadedBytes);

    /// <summary>The layer that grew most since the release before; null when none grew or when there was none before.</summary>
    public BuiltLayer? Grown() =>
        PreviousSizeBytes is null ? null : Layers.Where(layer => layer.Growth() > 0).MaxBy(layer => layer.Growth());
}

/// <summary>A layer of an image.</summary>
/// <param name="Name">The same from build to build, such as <c>neeto/nodejs:node</c>.</param>
/// <param name="SizeBytes">Compressed.</param>
/// <param name="UploadedBytes">0 when the registry had it.</param>
/// <param name="PreviousSizeBytes">Of the layer with this name in the release before; null when it had none.</param>
[GenerateSerializer, Immutable, Alias("neeto.BuiltLayer")]
public sealed record BuiltLayer(
    [property: Id(0)] string Name,
    [property: Id(1)] long SizeBytes,
    [property: Id(2)] long UploadedBytes,
    [property: Id(3)] long? PreviousSizeBytes
)
{
    public bool IsReused() => UploadedBytes == 0;

    /// <summary>Bytes more than before; fewer are negative.</summary>
    public long Growth() => SizeBytes - (PreviousSizeBytes ?? 0);
}
