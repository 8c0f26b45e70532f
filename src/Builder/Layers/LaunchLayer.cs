using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Posix;

namespace NeetoDeploy.Builder.Layers;

/// <summary>A layer that a buildpack made for the running app, or wants again as it was.</summary>
/// <param name="Data">What the buildpack remembers about it.</param>
/// <param name="Layer">Null: take it from the previous image.</param>
internal sealed record LaunchLayer(BuiltApp.Buildpack Buildpack, string Name, bool Build, bool Cache, JsonNode? Data, ImageLayer? Layer)
{
    private static readonly string[] NotLayers = ["launch", "build", "store"];

    public string FullName => $"{Buildpack.Id}:{Name}";

    /// <summary>In the order of stability: buildpacks as they ran, and within one what holds dependencies last.</summary>
    public static IEnumerable<LaunchLayer> Find(UntrustedFolder layers, BuiltApp built, int user) =>
        built.Buildpacks.SelectMany(b =>
            Of(layers, b, user).OrderBy(l => HoldsDependencies(l.Name)).ThenBy(l => l.Name, StringComparer.Ordinal)
        );

    private static IEnumerable<LaunchLayer> Of(UntrustedFolder layers, BuiltApp.Buildpack buildpack, int user)
    {
        if (layers.Find(buildpack.Folder, FileKind.Directory) is not { } folder)
            yield break;
        foreach (var path in Directory.EnumerateFiles(folder, "*.toml"))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (NotLayers.Contains(name) || layers.ReadText($"{buildpack.Folder}/{name}.toml") is not { } text)
                continue;
            var toml = TomlText.Parse(text);
            var types = TomlText.Table(toml, "types");
            if (!TomlText.Flag(types, "launch"))
                continue;
            toml.TryGetValue("metadata", out var metadata);
            yield return new(
                buildpack,
                name,
                TomlText.Flag(types, "build"),
                TomlText.Flag(types, "cache"),
                TomlText.ToJson(metadata),
                Read(layers, buildpack, name, user)
            );
        }
    }

    private static ImageLayer? Read(UntrustedFolder layers, BuiltApp.Buildpack buildpack, string name, int user)
    {
        if (layers.Find($"{buildpack.Folder}/{name}", FileKind.Directory) is not { } folder)
            return null;
        var prefix = $"layers/{buildpack.Folder}/{name}";
        return new ImageLayer(
            $"{buildpack.Id}:{name}",
            [
                LayerEntry.Folder("layers", user),
                LayerEntry.Folder($"layers/{buildpack.Folder}", user),
                LayerEntry.Folder(prefix, user),
                .. FolderWalk
                    .Of(folder)
                    .Where(e => e.Status.Kind is not FileKind.Special)
                    .Select(e => LayerEntries.From(e, $"{prefix}/{e.Relative}", user)),
            ]
        );
    }

    private static bool HoldsDependencies(string name) =>
        name.Contains("modules", StringComparison.Ordinal)
        || name.Contains("dependencies", StringComparison.Ordinal)
        || name is "gems" or "venv" or "vendor" or "deps";
}
