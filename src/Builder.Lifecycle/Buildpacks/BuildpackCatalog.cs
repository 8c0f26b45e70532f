using NeetoDeploy.Builder.Lifecycle.Documents;
using NeetoDeploy.Builder.Lifecycle.Platform;
using NeetoDeploy.Core.Versions;

namespace NeetoDeploy.Builder.Lifecycle.Buildpacks;

/// <summary>The buildpacks that are there, read once each.</summary>
/// <param name="directories">Folders, separated by colons.</param>
internal sealed class BuildpackCatalog(string directories)
{
    private readonly string[] roots = [.. directories.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(Path.GetFullPath)];

    // Names of what lies beside the buildpacks' layers.
    private static readonly string[] ReservedIds = ["app", "config", "generated", "sbom"];

    private readonly Dictionary<(string Id, string Version), Buildpack> known = [];

    /// <summary>Finds a buildpack; an empty version means the highest.</summary>
    public Buildpack Find(string id, string version)
    {
        if (known.TryGetValue((id, version), out var buildpack))
            return buildpack;
        if (!IsId(id) || !IsVersion(version))
            throw new LifecycleException(ExitCodes.Detect, $"'{id}' {version} cannot be a buildpack's id and version");
        var wanted = version.Length > 0 ? version : HighestVersion(id);
        var folder =
            roots.Select(root => Path.Combine(root, Escape(id), wanted)).FirstOrDefault(f => File.Exists(Descriptor(f)))
            ?? throw new LifecycleException(
                ExitCodes.Detect,
                $"buildpack '{id}{(version.Length > 0 ? "@" + version : "")}' is not installed"
            );
        var descriptor = TomlFile.Read(Descriptor(folder), LifecycleToml.Default.BuildpackToml, ExitCodes.Detect);
        return known[(id, version)] = new(folder, PlatformApi.CheckBuildpack(id, descriptor.Api), descriptor);
    }

    private static string Descriptor(string folder) => Path.Combine(folder, "buildpack.toml");

    public static string Escape(string id) => id.Replace('/', '_');

    private static bool IsId(string id) =>
        id.Length > 0
        && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '-' or '_')
        && id is not ("." or "..")
        && !ReservedIds.Contains(id);

    private static bool IsVersion(string version) => version is not ("." or "..") && !version.Contains('/');

    private string HighestVersion(string id)
    {
        var folders = roots.Select(root => Path.Combine(root, Escape(id))).Where(Directory.Exists);
        var versions = folders.SelectMany(Directory.GetDirectories).Select(f => Path.GetFileName(f));
        return versions.MaxBy(v => SemanticVersion.TryParse(v, out var version) ? version : new SemanticVersion(0, 0, 0)) ?? "";
    }
}
