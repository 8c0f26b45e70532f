using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeetoDeploy.Builder.Sources;

namespace NeetoDeploy.Builder.Images;

/// <summary>How layers are named to people: as our exporter notes them in an image's history, and the official lifecycle's notes in the same words.</summary>
internal static partial class LayerNames
{
    private const int Longest = 60;

    private static readonly Dictionary<string, string> Official = new()
    {
        ["Application Layer"] = "app",
        ["Software Bill-of-Materials"] = "sbom",
        ["Buildpacks Launcher Config"] = "config",
        ["Buildpacks Application Launcher"] = "launcher",
        ["Buildpacks Process Types"] = "process-types",
    };

    /// <summary>The names of the topmost layers; numbers when the history does not tell of each layer.</summary>
    /// <param name="config">An image's configuration, which may say anything.</param>
    public static IReadOnlyList<string> Of(JsonObject config, int count)
    {
        var lines = (config["history"] as JsonArray ?? []).OfType<JsonObject>().Where(line => !Flag(line["empty_layer"])).ToList();
        var layers = (config["rootfs"]?["diff_ids"] as JsonArray)?.Count ?? 0;
        return lines.Count == layers
            ? [.. lines.TakeLast(count).Select((line, i) => Show(Text(line["created_by"]), i))]
            : [.. Enumerable.Range(0, count).Select(i => Show("", i))];
    }

    /// <summary>A layer's name by its line of the history.</summary>
    public static string Of(string createdBy) =>
        Official.GetValueOrDefault(createdBy)
        ?? (OfBuildpack().Match(createdBy) is { Success: true } match ? $"{match.Groups["id"]}:{match.Groups["layer"]}" : createdBy);

    private static string Show(string createdBy, int number)
    {
        var name = SourcePath.Show(Of(createdBy));
        return name.Length == 0 ? $"layer {number + 1}"
            : name.Length > Longest ? name[..Longest]
            : name;
    }

    private static bool Flag(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool flag) && flag;

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    [GeneratedRegex(@"\ALayer: '(?<layer>[^']+)', Created by buildpack: (?<id>[^@]+)@.*\z")]
    private static partial Regex OfBuildpack();
}
