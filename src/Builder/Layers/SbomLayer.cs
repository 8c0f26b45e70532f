using NeetoDeploy.Builder.Posix;

namespace NeetoDeploy.Builder.Layers;

/// <summary>The bills of materials of what is in the image, as the lifecycle brought them together in <c>&lt;layers&gt;/sbom/launch</c>.</summary>
internal static class SbomLayer
{
    public const string Name = "sbom";

    /// <summary>The folder of the layer's files in <c>&lt;layers&gt;</c>.</summary>
    public const string Folder = "sbom/launch";

    /// <summary>Null when no buildpack wrote one.</summary>
    public static ImageLayer? Find(UntrustedFolder layers, int user) =>
        layers.Find(Folder, FileKind.Directory) is not { } folder
            ? null
            : new(
                Name,
                [
                    LayerEntry.Folder("layers", user),
                    LayerEntry.Folder("layers/sbom", user),
                    LayerEntry.Folder($"layers/{Folder}", user),
                    .. FolderWalk
                        .Of(folder)
                        .Where(e => e.Status.Kind is FileKind.Directory or FileKind.Regular)
                        .Select(e => LayerEntries.From(e, $"layers/{Folder}/{e.Relative}", user)),
                ]
            );
}
