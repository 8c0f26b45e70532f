using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Posix;

namespace NeetoDeploy.Builder.Layers;

/// <summary>What buildpacks want to remember that belongs to no layer (<c>store.toml</c>), by buildpack.</summary>
internal static class StoredNotes
{
    public static IReadOnlyDictionary<string, JsonNode> Find(UntrustedFolder layers, BuiltApp built)
    {
        var notes = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var buildpack in built.Buildpacks)
        {
            var toml = TomlText.Parse(layers.ReadText($"{buildpack.Folder}/store.toml"));
            if (toml.TryGetValue("metadata", out var metadata) && TomlText.ToJson(metadata) is { } note)
                notes[buildpack.Id] = note;
        }
        return notes;
    }
}
