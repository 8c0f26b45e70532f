using NeetoDeploy.Builder.Lifecycle.Documents;
using NeetoDeploy.Builder.Lifecycle.Platform;
using NeetoDeploy.Core.Versions;

namespace NeetoDeploy.Builder.Lifecycle.Buildpacks;

/// <summary>The buildpacks that are there, read once each.</summary>
/// <param name="directories">Folders, separated by colons; what several have is taken from the first.</param>
internal sealed class BuildpackCatalog(string directories)
{
    // A classic buildpack's processes are lines for a shell, as they were in this version.
    private static readonly Version ClassicApi = new(0, 7);

    // Names of what lies beside the buildpacks' layers.
    private static readonly string[] ReservedIds = ["app", "config", "generated", "sbom"];

    private readonly string[] roots = [.. directories.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(Path.GetFullPath)];
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
            roots.Select(root => Path.Combine(root, Escape(id), wanted)).FirstOrDefault(IsBuildpack)
            ?? throw new LifecycleException(
                ExitCodes.Detect,
                $"buildpack '{id}{(version.Length > 0 ? "@" + version : "")}' is not installed"
            );
        return known[(id, version)] = Read(folder, id, wanted);
    }

    private static string Descriptor(string folder) => Path.Combine(folder, "buildpack.toml");

    public static string Escape(string id) => id.Replace('/', '_');

    private static bool IsBuildpack(string folder) => File.Exists(Descriptor(folder)) || HasCompile(folder);

    private static bool HasCompile(string folder) => File.Exists(Path.Combine(folder, "bin", "compile"));

    private static Buildpack Read(string folder, string id, string version)
    {
        var descriptor = TomlFile.Read(Descriptor(folder), LifecycleToml.Default.BuildpackToml, ExitCodes.Detect);
        // Classic buildpacks may have the file as well, for Heroku's registry; it does not say who they are.
        return descriptor.Api.Length == 0 && HasCompile(folder)
            ? new(
                folder,
                ClassicApi,
                new()
                {
                    Buildpack = new() { Id = id, Version = version },
                }
            )
            : new(folder, PlatformApi.CheckBuildpack(id, descriptor.Api), descriptor);
    }

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
