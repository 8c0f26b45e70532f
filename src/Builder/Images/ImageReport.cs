using System.Collections.Immutable;
using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Images;

/// <summary>What a build shows of its image, beside the image of the release before.</summary>
internal static class ImageReport
{
    private const string SbomPrefix = $"layers/{SbomLayer.Folder}/";

    public static BuildReport Of(ImageExporter.Export export, StoredImage? before, ImmutableArray<CacheMiss> misses)
    {
        var old = before?.OwnLayersByName();
        return new(
            [.. export.Layers.Select(l => new BuiltLayer(l.Name, l.Blob.Size, l.UploadedBytes, old?.GetValueOrDefault(l.Name)?.Size))],
            misses,
            before?.OwnLayers().Sum(layer => layer.Blob.Size),
            [
                .. (export.Sbom?.Entries ?? [])
                    .Where(e => e.Kind is FileKind.Regular)
                    .Select(e => e.Name[SbomPrefix.Length..])
                    .Order(StringComparer.Ordinal),
            ]
        );
    }

    /// <summary>Of an image whose own layers are those of the release before, each of them.</summary>
    public static BuildReport OfRebased(StoredImage image, ImmutableArray<BillOfMaterials> sboms)
    {
        var own = image.OwnLayers().Select(layer => layer.Blob.Size).ToList();
        var layers = LayerNames.Of(image.Config, own.Count).Zip(own, (name, size) => new BuiltLayer(name, size, UploadedBytes: 0, size));
        return new([.. layers], [], own.Sum(), [.. sboms.Select(sbom => sbom.Name)]);
    }
}
