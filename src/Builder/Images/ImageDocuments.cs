using System.Globalization;
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

    /// <summary>A layer that is not compressed.</summary>
    public const string PlainLayerType = "application/vnd.oci.image.layer.v1.tar";

    /// <summary>The version of the buildpacks platform specification that images and lifecycle follow.</summary>
    public const string PlatformApi = "0.15";

    private const string Epoch = "SOURCE_DATE_EPOCH";
    private const string Created = "1980-01-01T00:00:01Z";
    private const string LaunchPath = "/cnb/process:/cnb/lifecycle";
    private const string SystemPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>What the run image's configuration says stays, unless it is about how to start.</summary>
    /// <param name="above">The app's own layers, bottom first, with their names.</param>
    public static byte[] Config(
        StoredImage run,
        IReadOnlyList<(string Name, LayerBlob Blob)> above,
        BuiltApp built,
        int user,
        IReadOnlyDictionary<string, string> labels,
        IReadOnlyDictionary<string, string> configVars
    )
    {
        var settings = run.Config["config"]?.DeepClone().AsObject() ?? [];
        var allLabels = Sorted(settings["Labels"]?.AsObject());
        foreach (var (key, value) in built.Labels.Where(l => l.Key.Length > 0).Concat(labels))
            allLabels[key] = value;
        var environment = Environment(settings["Env"]?.AsArray());
        settings.Remove("Cmd");
        settings["User"] = $"{user}:{user}";
        settings["Env"] = new JsonArray([.. environment.Select(v => JsonValue.Create($"{v.Key}={v.Value}"))]);
        settings["Entrypoint"] = new JsonArray(
            built.DefaultProcess is null ? FixedLayers.LauncherPath : $"/cnb/process/{built.DefaultProcess}"
        );
        settings["WorkingDir"] = "/app";
        settings["Labels"] = new JsonObject(allLabels.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value)));
        var layers = run.Layers.Select(l => l.Blob).Concat(above.Select(a => a.Blob));
        var document = Document(run, settings, layers, History(run, above.Select(a => a.Name)));
        // https://reproducible-builds.org/specs/source-date-epoch
        if (long.TryParse(configVars.GetValueOrDefault(Epoch), out var seconds) && seconds is >= 0 and < 253_402_300_800)
            document["created"] = DateTimeOffset
                .FromUnixTimeSeconds(seconds)
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return Bytes(document);
    }

    /// <summary>The configuration of an app's image on another run image.</summary>
    /// <param name="below">How many of the app's layers are the old run image's.</param>
    public static byte[] Rebased(StoredImage app, int below, StoredImage run, IReadOnlyDictionary<string, string> labels)
    {
        var settings = app.Config["config"]!.DeepClone().AsObject();
        settings["Labels"] = new JsonObject(
            labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))
        );
        var layers = run.Layers.Concat(app.Layers.Skip(below)).Select(l => l.Blob);
        var above = Lines(app) is { } lines
            ? lines.Skip(below).Select(l => l!["created_by"]?.GetValue<string>() ?? "")
            : [.. app.Layers.Skip(below).Select(_ => "app")];
        var document = Document(run, settings, layers, History(run, above));
        if (app.Config["created"] is { } created)
            document["created"] = created.DeepClone();
        return Bytes(document);
    }

    /// <summary>The configuration of an image for what <paramref name="run"/> is for.</summary>
    private static JsonObject Document(StoredImage run, JsonObject settings, IEnumerable<LayerBlob> layers, JsonArray history)
    {
        var document = new JsonObject
        {
            ["architecture"] = run.Config["architecture"]?.DeepClone() ?? StoredImage.Architecture,
            ["os"] = run.Config["os"]?.DeepClone() ?? "linux",
            ["created"] = Created,
            ["config"] = settings,
            ["rootfs"] = new JsonObject
            {
                ["type"] = "layers",
                ["diff_ids"] = new JsonArray([.. layers.Select(b => JsonValue.Create(b.DiffId.ToString()))]),
            },
            ["history"] = history,
        };
        if (run.Config["variant"] is { } variant)
            document["variant"] = variant.DeepClone();
        return document;
    }

    private static SortedDictionary<string, string> Sorted(JsonObject? labels)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in labels ?? [])
            sorted[key] = value?.GetValue<string>() ?? "";
        return sorted;
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
        variables["CNB_PLATFORM_API"] = PlatformApi;
        variables["HOME"] = "/app";
        variables["PATH"] = $"{LaunchPath}:{variables.GetValueOrDefault("PATH", SystemPath)}";
        return variables;
    }

    /// <summary>Has exactly one line for each layer, since some engines count.</summary>
    private static JsonArray History(StoredImage run, IEnumerable<string> above)
    {
        var lines = Lines(run)?.Select(h => h!.DeepClone()) ?? run.Layers.Select(_ => Line("stack"));
        return [.. lines.Concat(above.Select(Line))];

        static JsonNode Line(string by) => new JsonObject { ["created"] = Created, ["created_by"] = by };
    }

    /// <summary>An image's history without what made no layer; null when it does not tell of every layer.</summary>
    private static List<JsonNode?>? Lines(StoredImage image)
    {
        var lines = image.Config["history"]?.AsArray().Where(h => h?["empty_layer"]?.GetValue<bool>() is not true).ToList() ?? [];
        return lines.Count == image.Layers.Count ? lines : null;
    }

    private static byte[] Bytes(JsonObject document) => JsonSerializer.SerializeToUtf8Bytes(document);
}
