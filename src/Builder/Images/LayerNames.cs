using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeetoDeploy.Builder.Sources;

namespace NeetoDeploy.Builder.Images;

/// <summary>
/// How layers are named to people: as our exporter notes them in an image's history, the official lifecycle's notes in the same words, and what the engine's two
/// builders note of a Dockerfile's steps as the step, without digests and without the values of build arguments.
/// </summary>
internal static partial class LayerNames
{
    private const int Longest = 60;
    private const string BuildKit = " # buildkit";

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
        ?? (
            OfBuildpack().Match(createdBy) is { Success: true } match ? $"{match.Groups["id"]}:{match.Groups["layer"]}" : OfStep(createdBy)
        );

    private static string OfStep(string createdBy)
    {
        var step = createdBy.EndsWith(BuildKit, StringComparison.Ordinal) ? createdBy[..^BuildKit.Length] : createdBy;
        return Copied().Match(step) is { Success: true } copied ? $"{copied.Groups["step"]} {copied.Groups["target"]}"
            : Run().Match(step) is { Success: true } run ? $"RUN {run.Groups["line"]}"
            : step;
    }

    private static string Show(string createdBy, int number)
    {
        var name = SourcePath.Show(Of(createdBy));
        // The program that a container ran before it became an image tells nothing.
        return name.All(char.IsAsciiDigit) ? $"layer {number + 1}"
            : name.Length > Longest ? name[..Longest]
            : name;
    }

    private static bool Flag(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool flag) && flag;

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    [GeneratedRegex(@"\ALayer: '(?<layer>[^']+)', Created by buildpack: (?<id>[^@]+)@.*\z")]
    private static partial Regex OfBuildpack();

    // "/bin/sh -c #(nop) COPY dir:DIGEST in /app "
    [GeneratedRegex(@"\A/bin/sh -c #\(nop\) +(?<step>COPY|ADD) \S+:[0-9a-f]{64} in (?<target>.*?)\s*\z", RegexOptions.Singleline)]
    private static partial Regex Copied();

    // "/bin/sh -c LINE", "|2 NAME=VALUE NAME=VALUE /bin/sh -c LINE", "RUN |1 NAME=VALUE /bin/sh -c LINE # buildkit". A value may say "/bin/sh -c" as well.
    [GeneratedRegex(@"\A(?:RUN )?(?:\|[0-9]+ .*)?/bin/sh -c (?<line>.*?)\s*\z", RegexOptions.Singleline)]
    private static partial Regex Run();
}
