using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Images;

/// <summary>
/// Finds out why layers were made anew, from what two images say of themselves (<see cref="ImageLabels.Lifecycle"/>). Buildpacks note in a layer's metadata what
/// it depends on; that is all that can be known from outside.
/// </summary>
internal static class CacheComparison
{
    private const int LongestValue = 40;

    /// <summary>Two hashes differ soon.</summary>
    private const int ShownOfLong = 12;

    /// <param name="before">The image of the current release; null for a first build.</param>
    /// <param name="metadata">The new image's label.</param>
    /// <param name="wasKept">Whether the builder had layers from an earlier build.</param>
    public static ImmutableArray<CacheMiss> Of(StoredImage? before, string stack, string metadata, bool wasKept)
    {
        if (before is null)
            return [new(CacheMiss.Everything, CacheMissReason.FirstBuild)];
        if (before.Label(ImageLabels.Stack) is { Length: > 0 } old && old != stack)
            return [new(CacheMiss.Everything, CacheMissReason.NewStack, $"{old} → {stack}")];
        if (!wasKept)
            return [new(CacheMiss.Everything, CacheMissReason.Purged)];
        return
        [
            .. Buildpacks(metadata)
                .SelectMany(now => Compare(now.Key, Buildpacks(before.Label(ImageLabels.Lifecycle)).GetValueOrDefault(now.Key), now.Value)),
        ];
    }

    private static IEnumerable<CacheMiss> Compare(string buildpack, JsonObject? before, JsonObject now)
    {
        if (before is null)
            yield break;
        var (oldVersion, newVersion) = (Text(before["version"]), Text(now["version"]));
        if (oldVersion != newVersion)
            yield return new(buildpack, CacheMissReason.BuildpackVersion, $"{oldVersion} → {newVersion}");
        foreach (var (name, layer) in Layers(now))
        {
            if (Layers(before).GetValueOrDefault(name) is not { } old || Text(old["sha"]) == Text(layer["sha"]))
                continue;
            var changes = Changes(old["data"] as JsonObject, layer["data"] as JsonObject);
            yield return new(
                $"{buildpack}:{name}",
                changes.Length == 0 ? CacheMissReason.Unexplained : CacheMissReason.NotesChanged,
                changes.Length == 0 ? null : changes
            );
        }
    }

    /// <summary><c>key: 22.11.0 → 22.12.0</c>, with commas between several.</summary>
    private static string Changes(JsonObject? before, JsonObject? now) =>
        string.Join(
            ", ",
            (now ?? [])
                .Select(pair => (pair.Key, Old: Show(before?[pair.Key]), New: Show(pair.Value)))
                .Where(change => change.Old != change.New)
                .Select(change => $"{SourcePath.Show(change.Key)}: {change.Old} → {change.New}")
        );

    /// <summary>A buildpack may note anything, at any length.</summary>
    private static string Show(JsonNode? value)
    {
        var text = value is null ? "nothing" : Text(value);
        return SourcePath.Show(text.Length <= LongestValue ? text : text[..ShownOfLong] + "…");
    }

    private static string Text(JsonNode? node) =>
        node switch
        {
            null => "",
            JsonValue value when value.TryGetValue(out string? text) => text,
            _ => node.ToJsonString(),
        };

    private static Dictionary<string, JsonObject> Buildpacks(string? label)
    {
        var found = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var buildpack in Read(label)?["buildpacks"] as JsonArray ?? [])
        {
            if (buildpack is JsonObject entry && Text(entry["key"]) is { Length: > 0 } key)
                found[key] = entry;
        }
        return found;
    }

    private static Dictionary<string, JsonObject> Layers(JsonObject buildpack) =>
        (buildpack["layers"] as JsonObject ?? [])
            .Where(pair => pair.Value is JsonObject)
            .ToDictionary(pair => pair.Key, pair => (JsonObject)pair.Value!, StringComparer.Ordinal);

    private static JsonObject? Read(string? label)
    {
        try
        {
            return string.IsNullOrEmpty(label) ? null : JsonNode.Parse(label) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
