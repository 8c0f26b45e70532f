using System.Text.Json;
using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Builder.Images;

/// <summary>The manifest and the configuration of an app's image, by the OCI image and the buildpacks platform specifications.</summary>
internal static class ImageDocuments
{
    public const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    public const string ConfigType = "application/vnd.oci.image.config.v1+json";
    public const string LayerType = "application/vnd.oci.image.layer.v1.tar+gzip";

    private const string Created = "1980-01-01T00:00:01Z";
    private const string LaunchPath = "/cnb/process:/cnb/lifecycle";
    private const string SystemPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <param name="above">The app's own layers, bottom first, with their names.</param>
    public static byte[] Config(
        StoredImage run,
        IReadOnlyList<(string Name, LayerBlob Blob)> above,
        BuiltApp built,
        int user,
        IReadOnlyDictionary<string, string> labels
    )
    {
        var before = run.Config["config"];
        var allLabels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in before?["Labels"]?.AsObject() ?? [])
            allLabels[key] = value?.GetValue<string>() ?? "";
        foreach (var (key, value) in built.Labels.Where(l => l.Key.Length > 0).Concat(labels))
            allLabels[key] = value;
        var ids = run.Layers.Select(l => l.Blob).Concat(above.Select(a => a.Blob)).Select(b => JsonValue.Create(b.DiffId.ToString()));
        return Bytes(
            new JsonObject
            {
                ["architecture"] = run.Config["architecture"]?.DeepClone() ?? StoredImage.Architecture,
                ["os"] = "linux",
                ["created"] = Created,
                ["config"] = new JsonObject
                {
                    ["User"] = $"{user}:{user}",
                    ["Env"] = new JsonArray([
                        .. Environment(before?["Env"]?.AsArray()).Select(v => JsonValue.Create($"{v.Key}={v.Value}")),
                    ]),
                    ["Entrypoint"] = new JsonArray(
                        built.DefaultProcess is null ? FixedLayers.LauncherPath : $"/cnb/process/{built.DefaultProcess}"
                    ),
                    ["WorkingDir"] = "/app",
                    ["Labels"] = new JsonObject(allLabels.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))),
                },
                ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. ids]) },
                ["history"] = History(run, above.Select(a => a.Name)),
            }
        );
    }

    public static byte[] Manifest(byte[] config, ImageDigest configDigest, IEnumerable<StoredLayer> layers) =>
        Bytes(
            new JsonObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = ManifestType,
                ["config"] = Descriptor(ConfigType, configDigest, config.Length),
                ["layers"] = new JsonArray([.. layers.Select(l => Descriptor(l.MediaType, l.Blob.Digest, l.Blob.Size))]),
            }
        );

    private static JsonObject Descriptor(string type, ImageDigest digest, long size) =>
        new()
        {
            ["mediaType"] = type,
            ["digest"] = digest.ToString(),
            ["size"] = size,
        };

    private static SortedDictionary<string, string> Environment(JsonArray? before)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (before ?? []).Select(v => v!.GetValue<string>().Split('=', 2)).Where(p => p.Length == 2))
            variables[pair[0]] = pair[1];
        variables["CNB_LAYERS_DIR"] = "/layers";
        variables["CNB_APP_DIR"] = "/app";
        variables["HOME"] = "/app";
        variables["PATH"] = $"{LaunchPath}:{variables.GetValueOrDefault("PATH", SystemPath)}";
        return variables;
    }

    /// <summary>Has exactly one line for each layer, since some engines count.</summary>
    private static JsonArray History(StoredImage run, IEnumerable<string> above)
    {
        var below = run.Config["history"]?.AsArray().Where(h => h?["empty_layer"]?.GetValue<bool>() is not true).ToList() ?? [];
        var lines = below.Count == run.Layers.Count ? below.Select(h => h!.DeepClone()) : run.Layers.Select(_ => Line("stack"));
        return [.. lines.Concat(above.Select(Line))];

        static JsonNode Line(string by) => new JsonObject { ["created"] = Created, ["created_by"] = by };
    }

    private static byte[] Bytes(JsonObject document) => JsonSerializer.SerializeToUtf8Bytes(document);
}
