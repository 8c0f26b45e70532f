using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Builder.Creators;

/// <summary>
/// An image in an OCI image layout (<see href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md"/>) that buildpacks could write to: its
/// documents are what their digests say, and nothing else is known of it yet.
/// </summary>
/// <param name="Config">Its configuration.</param>
/// <param name="Layers">Bottom first.</param>
internal sealed record LayoutImage(JsonObject Config, IReadOnlyList<LayoutImage.Layer> Layers)
{
    /// <summary>Engines stack no more.</summary>
    private const int MostLayers = 127;

    private static readonly string[] ManifestTypes = [ImageDocuments.ManifestType, "application/vnd.docker.distribution.manifest.v2+json"];

    /// <summary>Layers' media types, and whether they are compressed.</summary>
    private static readonly Dictionary<string, bool> LayerTypes = new()
    {
        [ImageDocuments.LayerType] = true,
        ["application/vnd.docker.image.rootfs.diff.tar.gzip"] = true,
        [ImageDocuments.PlainLayerType] = false,
        ["application/vnd.docker.image.rootfs.diff.tar"] = false,
    };

    internal sealed record Layer(LayerBlob Blob, bool IsCompressed)
    {
        public StoredLayer ToStored() => new(IsCompressed ? ImageDocuments.LayerType : ImageDocuments.PlainLayerType, Blob);
    }

    /// <param name="place">Where below the folder the layout is.</param>
    /// <exception cref="FormatException">There is none that can be used.</exception>
    public static LayoutImage Read(UntrustedFolder folder, string place)
    {
        try
        {
            var index = Parse(folder.ReadText($"{place}/{LayoutFolder.IndexFile}") ?? throw new FormatException("it is not there"));
            if (index["manifests"] is not JsonArray { Count: 1 } manifests)
                throw new FormatException("its index must name one manifest");
            var manifest = Parse(ReadDocument(folder, place, manifests[0], ManifestTypes));
            var config = Parse(ReadDocument(folder, place, manifest["config"], types: null));
            var layers = manifest["layers"]?.AsArray() ?? [];
            var ids = config["rootfs"]?["diff_ids"]?.AsArray() ?? [];
            if (layers.Count != ids.Count || layers.Count > MostLayers)
                throw new FormatException($"it has {layers.Count} layers and tells of {ids.Count}; {MostLayers} are the most");
            return new(config, [.. layers.Zip(ids, ReadLayer)]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or InvalidDataException or KeyNotFoundException)
        {
            throw new FormatException($"one of its documents cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Where a layer is; null when the layout does not hold it.</summary>
    public static string? Find(UntrustedFolder folder, string place, Layer layer)
    {
        var path = folder.Find($"{place}/{LayoutFolder.Blobs}/{layer.Blob.Digest.Hex}", FileKind.Regular);
        return path is null || FileStatus.Of(path)!.Value.Size == layer.Blob.Size
            ? path
            : throw new FormatException("one of its layers is not as large as the image says");
    }

    private static string ReadDocument(UntrustedFolder folder, string place, JsonNode? descriptor, string[]? types)
    {
        if (types is not null && !types.Contains(descriptor?["mediaType"]?.GetValue<string>()))
            throw new FormatException("its manifest is of an unknown kind");
        var digest = DigestOf(descriptor);
        var text =
            folder.ReadText($"{place}/{LayoutFolder.Blobs}/{digest.Hex}") ?? throw new FormatException("it lacks one of its documents");
        return ImageDigest.FromHash(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))) == digest
            ? text
            : throw new FormatException("one of its documents is not what its digest says");
    }

    private static Layer ReadLayer(JsonNode? descriptor, JsonNode? id)
    {
        if (!LayerTypes.TryGetValue(descriptor?["mediaType"]?.GetValue<string>() ?? "", out var isCompressed))
            throw new FormatException("one of its layers is of an unknown kind");
        var size = descriptor!["size"]!.GetValue<long>();
        return size >= 0
            ? new(new LayerBlob(ImageDigest.Parse(id!.GetValue<string>()), DigestOf(descriptor), size), isCompressed)
            : throw new FormatException("one of its layers has less than no size");
    }

    private static JsonObject Parse(string text) => JsonNode.Parse(text)?.AsObject() ?? throw new FormatException("a document is empty");

    private static ImageDigest DigestOf(JsonNode? descriptor) => ImageDigest.Parse(descriptor?["digest"]?.GetValue<string>() ?? "");
}
