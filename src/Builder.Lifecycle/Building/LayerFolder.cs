using NeetoDeploy.Builder.Lifecycle.Documents;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Lifecycle.Building;

/// <summary>One layer of a buildpack: the folder <c>&lt;layer&gt;</c> and the file <c>&lt;layer&gt;.toml</c> beside it.</summary>
internal sealed record LayerFolder(string Path)
{
    private static readonly string[] NoLayers = ["launch", "build", "store"];

    public string Name => System.IO.Path.GetFileName(Path);

    public string TomlPath => Path + ".toml";

    /// <summary>Where a layer goes that is for nothing: the specification keeps it out of the buildpack's sight.</summary>
    public string IgnoredPath => Path + ".ignore";

    /// <summary>A buildpack's layers by name: those that have a file.</summary>
    public static IReadOnlyList<LayerFolder> Find(string buildpackLayers) =>
        !Directory.Exists(buildpackLayers)
            ? []
            :
            [
                .. Directory
                    .GetFiles(buildpackLayers, "*.toml")
                    .Select(f => System.IO.Path.GetFileNameWithoutExtension(f))
                    .Where(name => !NoLayers.Contains(name))
                    .Order(StringComparer.Ordinal)
                    .Select(name => new LayerFolder(System.IO.Path.Combine(buildpackLayers, name))),
            ];

    public LayerToml Read(int exitCode) => TomlFile.Read(TomlPath, LifecycleToml.Default.LayerToml, exitCode);

    /// <summary>Writes the file anew with what the buildpack remembers, and without types.</summary>
    public void WriteMetadata(object? metadata) =>
        TomlFile.Write(TomlPath, metadata is null ? new TomlTable() : new TomlTable { ["metadata"] = metadata });
}
