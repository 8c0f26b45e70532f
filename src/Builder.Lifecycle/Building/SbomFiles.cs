using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Builder.Lifecycle.Platform;

namespace NeetoDeploy.Builder.Lifecycle.Building;

/// <summary>
/// The bills of materials that buildpacks write, brought together where the platform specification's exporter wants them:
/// <c>&lt;layers&gt;/sbom/{launch,build}/&lt;buildpack&gt;[/&lt;layer&gt;]/sbom.&lt;ext&gt;</c>.
/// </summary>
internal sealed class SbomFiles(LifecyclePaths paths)
{
    private const string Launch = "launch";
    private const string Build = "build";

    private static readonly (string Extension, string MediaType)[] Formats =
    [
        ("cdx.json", "application/vnd.cyclonedx+json"),
        ("spdx.json", "application/spdx+json"),
        ("syft.json", "application/vnd.syft+json"),
    ];

    /// <summary>What a last build brought together is not this one's.</summary>
    public void Clear()
    {
        if (Directory.Exists(paths.Sbom))
            Directory.Delete(paths.Sbom, recursive: true);
    }

    /// <summary>Takes what a buildpack says of the app and of the build as a whole.</summary>
    public void CollectOwn(Buildpack buildpack, string layers)
    {
        Copy(buildpack, Path.Combine(layers, Launch), Path.Combine(Launch, buildpack.FolderName));
        Copy(buildpack, Path.Combine(layers, Build), Path.Combine(Build, buildpack.FolderName));
    }

    /// <summary>Takes what a buildpack says of a layer.</summary>
    public void Collect(Buildpack buildpack, LayerFolder layer, bool isLaunch) =>
        Copy(buildpack, layer.Path, Path.Combine(isLaunch ? Launch : Build, buildpack.FolderName, layer.Name));

    /// <summary>Gives a buildpack its words about a layer again, unless they are still there.</summary>
    public void Restore(string buildpackFolder, LayerFolder layer)
    {
        foreach (var (extension, _) in Formats.Where(f => !File.Exists(Beside(layer.Path, f.Extension))))
        {
            var kept = new[] { Launch, Build }
                .Select(part => Path.Combine(paths.Sbom, part, buildpackFolder, layer.Name, $"sbom.{extension}"))
                .FirstOrDefault(File.Exists);
            if (kept is not null)
                File.Copy(kept, Beside(layer.Path, extension));
        }
    }

    /// <summary>The names of the files that say something of a layer.</summary>
    public static IEnumerable<string> NamesFor(string layer) => Formats.Select(f => Beside(layer, f.Extension));

    private void Copy(Buildpack buildpack, string subject, string to)
    {
        foreach (var (extension, mediaType) in Formats)
        {
            var from = Beside(subject, extension);
            if (!File.Exists(from))
                continue;
            if (!buildpack.Descriptor.Buildpack.SbomFormats.Exists(f => f.Split(';')[0].Trim() == mediaType))
            {
                throw new LifecycleException(
                    ExitCodes.Build,
                    $"buildpack {buildpack} wrote {Path.GetFileName(from)}, and its buildpack.toml does not list {mediaType} in sbom-formats"
                );
            }
            var folder = Path.Combine(paths.Sbom, to);
            Directory.CreateDirectory(folder);
            File.Copy(from, Path.Combine(folder, $"sbom.{extension}"), overwrite: true);
        }
    }

    private static string Beside(string subject, string extension) => $"{subject}.sbom.{extension}";
}
