using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Images;

/// <summary>A layer of an image in the registry.</summary>
internal sealed record StoredLayer(string MediaType, LayerBlob Blob);

/// <summary>An image in the registry: its configuration and its layers, bottom first.</summary>
internal sealed record StoredImage(LayerBlob ConfigBlob, JsonObject Config, IReadOnlyList<StoredLayer> Layers)
{
    private const int MostImages = 256;

    // An image never changes under its digest.
    private static readonly ConcurrentDictionary<ImageRef, StoredImage> Known = [];

    public string? Label(string name) => Config["config"]?["Labels"]?[name]?.GetValue<string>();

    public IEnumerable<KeyValuePair<string, string>> Labels =>
        Config["config"]?["Labels"]?.AsObject().Select(l => KeyValuePair.Create(l.Key, l.Value?.GetValue<string>() ?? "")) ?? [];

    /// <summary>The layers above the run image that its label names, bottom first; all of them when it has no such label.</summary>
    public IEnumerable<StoredLayer> OwnLayers()
    {
        var top = ImageLabels.TopOfRunImage(Label(ImageLabels.Lifecycle));
        var below = Layers.ToList().FindIndex(layer => layer.Blob.DiffId == top);
        return Layers.Skip(below + 1);
    }

    /// <summary>The same by their names in the image's history; nothing when it does not tell of each layer.</summary>
    public IReadOnlyDictionary<string, LayerBlob> OwnLayersByName()
    {
        var found = new Dictionary<string, LayerBlob>(StringComparer.Ordinal);
        var own = OwnLayers().ToList();
        foreach (var (name, layer) in LayerNames.Of(Config, own.Count).Zip(own))
            found[name] = layer.Blob;
        return found;
    }

    /// <summary>Null when the registry does not have it.</summary>
    public static async Task<StoredImage?> FindAsync(IImageStore store, ImageRef image, CancellationToken cancel)
    {
        var manifest = await store.GetManifestAsync(image.Repository, image.Digest.ToString(), cancel);
        if (manifest is null)
            return null;
        if (Known.TryGetValue(image, out var known))
            return known;
        try
        {
            var found = await ReadAsync(store, image, Parse(manifest), cancel);
            if (found is not null && Known.Count < MostImages)
                Known.TryAdd(image, found);
            return found;
        }
        catch (Exception e)
            when (e is System.Text.Json.JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new DriverException(
                DriverErrorKind.Bug,
                "image.unreadable",
                $"The image {image} is not one that can be built upon: {e.Message}",
                e
            );
        }
    }

    private static JsonObject Parse(ImageManifest manifest) => JsonNode.Parse(manifest.Content.Span)?.AsObject() ?? [];

    private static async Task<StoredImage?> ReadAsync(IImageStore store, ImageRef image, JsonObject manifest, CancellationToken cancel)
    {
        if (manifest["manifests"] is JsonArray platforms)
        {
            var mine = platforms.FirstOrDefault(p => p?["platform"]?["architecture"]?.GetValue<string>() == Architecture);
            return mine is null ? null : await FindAsync(store, image with { Digest = DigestOf(mine) }, cancel);
        }
        var document = manifest["config"]!;
        await using var blob = await store.GetBlobAsync(image.Repository, DigestOf(document), cancel);
        var config = (await JsonNode.ParseAsync(blob, cancellationToken: cancel))!.AsObject();
        var ids = config["rootfs"]!["diff_ids"]!.AsArray().Select(d => ImageDigest.Parse(d!.GetValue<string>()));
        var layers = manifest["layers"]!
            .AsArray()
            .Zip(
                ids,
                (layer, id) =>
                    new StoredLayer(
                        OciType(layer!["mediaType"]!.GetValue<string>()),
                        new LayerBlob(id, DigestOf(layer), layer["size"]!.GetValue<long>())
                    )
            );
        var configBlob = new LayerBlob(DigestOf(document), DigestOf(document), document["size"]!.GetValue<long>());
        return new(configBlob, config, [.. layers]);
    }

    /// <summary>As Go and so the whole container world spells this machine's processor.</summary>
    public static string Architecture =>
        RuntimeInformation.OSArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => "amd64",
            System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
            var other => other.ToString().ToLowerInvariant(),
        };

    private static ImageDigest DigestOf(JsonNode node) => ImageDigest.Parse(node["digest"]!.GetValue<string>());

    private static string OciType(string mediaType) =>
        mediaType == "application/vnd.docker.image.rootfs.diff.tar.gzip" ? ImageDocuments.LayerType : mediaType;
}
