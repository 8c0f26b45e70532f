using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Images;

/// <summary>The labels by which later builds and tools understand an image (buildpacks platform specification, "Labels").</summary>
internal static class ImageLabels
{
    public const string Lifecycle = "io.buildpacks.lifecycle.metadata";

    /// <summary>The name of the stack that an image was built on.</summary>
    public const string Stack = "io.buildpacks.stack.id";

    public const string Rebasable = "io.buildpacks.rebasable";

    // Dynos run what was built for production.
    private const string Purpose = "production";

    private static readonly string LauncherVersion = typeof(ImageLabels).Assembly.GetName().Version!.ToString(3);

    public static Dictionary<string, string> Of(
        BuildJob job,
        BuiltApp built,
        RunImageNote run,
        IReadOnlyList<LaunchLayer> launch,
        IReadOnlyDictionary<string, LayerBlob> blobs,
        IReadOnlyDictionary<string, JsonNode> stored
    ) =>
        new()
        {
            [Lifecycle] = LifecycleMetadata(run, built, launch, blobs, stored).ToJsonString(),
            ["io.buildpacks.build.metadata"] = BuildMetadata(built).ToJsonString(),
            ["io.buildpacks.project.metadata"] = ProjectMetadata(job.Source.Version).ToJsonString(),
            ["io.buildpacks.exec-env"] = Purpose,
            [Stack] = job.Stack,
            [Rebasable] = "true",
        };

    /// <summary>The digest that an earlier image's label gives for a buildpack's layer; null when it had none.</summary>
    public static ImageDigest? LayerDigest(string? label, string buildpack, string layer) =>
        Digest(
            label,
            metadata =>
                metadata["buildpacks"]?.AsArray().FirstOrDefault(b => b?["key"]?.GetValue<string>() == buildpack)?["layers"]?[layer]?["sha"]
        );

    /// <summary>The digest of an earlier image's layer of bills of materials; null when it has none.</summary>
    public static ImageDigest? SbomDigest(string? label) => Digest(label, metadata => metadata["sbom"]?["sha"]);

    /// <summary>Whether an image has layers that its buildpacks made beside the app's folder.</summary>
    public static bool HasLaunchLayers(string? label) =>
        Node(label, metadata => metadata["buildpacks"]) is JsonArray buildpacks
        && buildpacks.Any(b => b?["layers"] is JsonObject { Count: > 0 });

    /// <summary>The last layer of the run image that an image's label names; null when it names none.</summary>
    public static ImageDigest? TopOfRunImage(string? label) => Digest(label, metadata => metadata["runImage"]?["topLayer"]);

    private static ImageDigest? Digest(string? label, Func<JsonNode, JsonNode?> find) =>
        Node(label, find) is JsonValue value && value.TryGetValue<string>(out var text) && ImageDigest.TryParse(text, null, out var digest)
            ? digest
            : null;

    /// <summary>Anybody may have written the label: null when it is not as expected.</summary>
    private static JsonNode? Node(string? label, Func<JsonNode, JsonNode?> find)
    {
        try
        {
            return string.IsNullOrEmpty(label) || JsonNode.Parse(label) is not { } metadata ? null : find(metadata);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonObject LifecycleMetadata(
        RunImageNote run,
        BuiltApp built,
        IReadOnlyList<LaunchLayer> launch,
        IReadOnlyDictionary<string, LayerBlob> blobs,
        IReadOnlyDictionary<string, JsonNode> stored
    )
    {
        var metadata = new JsonObject
        {
            ["app"] = new JsonArray([
                .. blobs
                    .Where(b => b.Key == "app" || b.Key.StartsWith("app:", StringComparison.Ordinal))
                    .OrderBy(b => b.Key, StringComparer.Ordinal)
                    .Select(b => Sha(b.Value)),
            ]),
            ["config"] = Sha(blobs["config"]),
            ["exec-env"] = Purpose,
            ["launcher"] = Sha(blobs["launcher"]),
            ["buildpacks"] = new JsonArray([.. built.Buildpacks.Select(b => Buildpack(b, launch, blobs, stored))]),
            ["runImage"] = run.ToJson(),
            ["stack"] = run.ToStackJson(),
        };
        if (blobs.TryGetValue(SbomLayer.Name, out var sbom))
            metadata["sbom"] = Sha(sbom);
        return metadata;
    }

    private static JsonObject Buildpack(
        BuiltApp.Buildpack buildpack,
        IReadOnlyList<LaunchLayer> launch,
        IReadOnlyDictionary<string, LayerBlob> blobs,
        IReadOnlyDictionary<string, JsonNode> stored
    )
    {
        var note = new JsonObject
        {
            ["key"] = buildpack.Id,
            ["version"] = buildpack.Version,
            ["layers"] = new JsonObject(
                launch.Where(l => l.Buildpack == buildpack).Select(l => KeyValuePair.Create(l.Name, (JsonNode?)Layer(l, blobs[l.FullName])))
            ),
        };
        if (stored.TryGetValue(buildpack.Id, out var metadata))
            note["store"] = new JsonObject { ["metadata"] = metadata.DeepClone() };
        return note;
    }

    private static JsonObject Layer(LaunchLayer layer, LayerBlob blob) =>
        new()
        {
            ["sha"] = blob.DiffId.ToString(),
            ["data"] = layer.Data?.DeepClone(),
            ["build"] = layer.Build,
            ["launch"] = true,
            ["cache"] = layer.Cache,
        };

    private static JsonObject BuildMetadata(BuiltApp built) =>
        new()
        {
            ["processes"] = new JsonArray([.. built.Processes.Select(Process)]),
            ["buildpacks"] = new JsonArray([
                .. built.Buildpacks.Select(b => new JsonObject
                {
                    ["id"] = b.Id,
                    ["version"] = b.Version,
                    ["homepage"] = b.Homepage,
                    ["api"] = b.Api,
                }),
            ]),
            ["launcher"] = new JsonObject { ["version"] = LauncherVersion },
        };

    private static JsonObject Process(BuiltApp.Process process) =>
        new()
        {
            ["type"] = process.Type,
            ["command"] = Words(process.Command),
            ["args"] = Words(process.Arguments),
            ["direct"] = process.IsDirect,
            ["working-dir"] = process.WorkingDirectory,
            ["buildpackID"] = process.Buildpack,
            ["exec-env"] = Words(process.ExecutionEnvironments),
        };

    /// <summary>A commit is git's; anything else is what somebody called the version.</summary>
    private static JsonObject ProjectMetadata(string? version)
    {
        var isCommit = version is { Length: 40 } && version.All(char.IsAsciiHexDigitLower);
        var source = new JsonObject { ["type"] = isCommit ? "git" : "source" };
        if (!string.IsNullOrEmpty(version))
            source["version"] = new JsonObject { [isCommit ? "commit" : "declared"] = version };
        return new() { ["source"] = source };
    }

    private static JsonArray Words(IEnumerable<string> words) => [.. words.Select(w => JsonValue.Create(w))];

    private static JsonObject Sha(LayerBlob blob) => new() { ["sha"] = blob.DiffId.ToString() };
}
