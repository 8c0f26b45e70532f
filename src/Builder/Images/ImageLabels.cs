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

    public static Dictionary<string, string> Of(
        BuildJob job,
        BuiltApp built,
        StackImages stack,
        StoredImage run,
        IReadOnlyList<LaunchLayer> launch,
        IReadOnlyDictionary<string, LayerBlob> blobs
    ) =>
        new()
        {
            [Lifecycle] = LifecycleMetadata(stack, built, run, launch, blobs).ToJsonString(),
            ["io.buildpacks.build.metadata"] = BuildMetadata(built).ToJsonString(),
            ["io.buildpacks.project.metadata"] = new JsonObject
            {
                ["source"] = new JsonObject
                {
                    ["type"] = "source",
                    ["version"] = new JsonObject { ["declared"] = job.Source.Version ?? "" },
                },
            }.ToJsonString(),
            ["io.buildpacks.stack.id"] = job.Stack,
            ["io.buildpacks.rebasable"] = "true",
        };

    /// <summary>The digest that an earlier image's label gives for a buildpack's layer; null when it had none.</summary>
    public static ImageDigest? LayerDigest(string? label, string buildpack, string layer)
    {
        if (string.IsNullOrEmpty(label))
            return null;
        try
        {
            var found = JsonNode.Parse(label)?["buildpacks"]?.AsArray().FirstOrDefault(b => b?["key"]?.GetValue<string>() == buildpack);
            return ImageDigest.TryParse(found?["layers"]?[layer]?["sha"]?.GetValue<string>(), null, out var digest) ? digest : null;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The last layer of the run image that an image's label names; null when it names none.</summary>
    public static ImageDigest? TopOfRunImage(string? label)
    {
        try
        {
            var top = string.IsNullOrEmpty(label) ? null : JsonNode.Parse(label)?["runImage"]?["topLayer"]?.GetValue<string>();
            return ImageDigest.TryParse(top, null, out var digest) ? digest : null;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonObject LifecycleMetadata(
        StackImages stack,
        BuiltApp built,
        StoredImage run,
        IReadOnlyList<LaunchLayer> launch,
        IReadOnlyDictionary<string, LayerBlob> blobs
    ) =>
        new()
        {
            ["app"] = new JsonArray([
                .. blobs
                    .Where(b => b.Key == "app" || b.Key.StartsWith("app:", StringComparison.Ordinal))
                    .OrderBy(b => b.Key, StringComparer.Ordinal)
                    .Select(b => Sha(b.Value)),
            ]),
            ["config"] = Sha(blobs["config"]),
            ["launcher"] = Sha(blobs["launcher"]),
            ["buildpacks"] = new JsonArray([
                .. built.Buildpacks.Select(b => new JsonObject
                {
                    ["key"] = b.Id,
                    ["version"] = b.Version,
                    ["layers"] = new JsonObject(
                        launch
                            .Where(l => l.Buildpack == b)
                            .Select(l =>
                                KeyValuePair.Create(
                                    l.Name,
                                    (JsonNode?)
                                        new JsonObject
                                        {
                                            ["sha"] = blobs[l.FullName].DiffId.ToString(),
                                            ["data"] = l.Data?.DeepClone(),
                                            ["build"] = l.Build,
                                            ["launch"] = true,
                                            ["cache"] = l.Cache,
                                        }
                                )
                            )
                    ),
                }),
            ]),
            ["runImage"] = new JsonObject
            {
                ["topLayer"] = run.Layers.Count > 0 ? run.Layers[^1].Blob.DiffId.ToString() : "",
                ["reference"] = stack.RunImage.ToString(),
            },
        };

    private static JsonObject BuildMetadata(BuiltApp built) =>
        new()
        {
            ["processes"] = new JsonArray([
                .. built.Processes.Select(p => new JsonObject
                {
                    ["type"] = p.Type,
                    ["command"] = new JsonArray([.. p.Command.Select(c => JsonValue.Create(c))]),
                    ["args"] = new JsonArray([.. p.Arguments.Select(a => JsonValue.Create(a))]),
                    ["direct"] = p.IsDirect,
                    ["working-dir"] = p.WorkingDirectory,
                    ["buildpackID"] = p.Buildpack,
                }),
            ]),
            ["buildpacks"] = new JsonArray([
                .. built.Buildpacks.Select(b => new JsonObject
                {
                    ["id"] = b.Id,
                    ["version"] = b.Version,
                    ["homepage"] = b.Homepage,
                }),
            ]),
        };

    private static JsonObject Sha(LayerBlob blob) => new() { ["sha"] = blob.DiffId.ToString() };
}
