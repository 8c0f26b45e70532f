using System.Collections.Immutable;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Images;

/// <summary>What a build shows of its image, beside the image of the release before.</summary>
internal static class ImageReport
{
    public static BuildReport Of(ImageExporter.Export export, StoredImage? before, ImmutableArray<CacheMiss> misses)
    {
        var old = before?.OwnLayersByName();
        return new(
            [.. export.Layers.Select(l => new BuiltLayer(l.Name, l.Blob.Size, l.UploadedBytes, old?.GetValueOrDefault(l.Name)?.Size))],
            misses,
            before?.OwnLayers().Sum(layer => layer.Blob.Size)
        );
    }
}
