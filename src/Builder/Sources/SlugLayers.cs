using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Sources;

/// <summary>
/// What a slug that a build made has beside <c>./app</c>: its buildpacks' layers, in <c>./layers</c> as they are in the image. Links in them may lead
/// anywhere, as those that a buildpack makes do; nobody follows them on this machine.
/// </summary>
internal static class SlugLayers
{
    private const string Top = "layers/";

    /// <summary>Moves the layers of an unpacked slug to their place, and leaves the rest of it.</summary>
    /// <param name="folder">Where the slug is unpacked.</param>
    /// <param name="to">What is replaced, if the slug has any.</param>
    /// <param name="user">Who shall own them.</param>
    public static void Take(string folder, UnpackedSource slug, string to, int user)
    {
        var from = Path.Combine(folder, Top.TrimEnd('/'));
        if (FileStatus.Of(from)?.Kind is not FileKind.Directory)
            return;
        var files = Cut(slug.Files);
        var links = Cut(slug.Links);
        if (files.Keys.Concat(links.Keys).FirstOrDefault(path => !IsExpected(path)) is { } other)
            throw new SourceException(
                $"a slug has in ./layers what a build's image has there, and this one holds {SourcePath.Show(Top + other)}"
            );
        SourceLinks.MakeAnywhere(from, links);
        Ownership.Give(from, user);
        foreach (var entry in FolderWalk.Of(from))
        {
            Ownership.Give(entry.Path, user);
            if (entry.Status.Kind is FileKind.Directory)
                File.SetUnixFileMode(entry.Path, FileModes.Executable);
        }
        Directory.Delete(to, recursive: true);
        Directory.Move(from, to);
    }

    /// <summary>What the launcher reads, bills of materials, and the content of layers: <c>BUILDPACK/LAYER/…</c>.</summary>
    private static bool IsExpected(string path) =>
        path.Split('/') switch
        {
            ["config", .. var rest] => rest is ["metadata.toml"],
            ["sbom", "launch", .. var rest] => BillOfMaterials.IsName(string.Join('/', rest)),
            ["sbom", ..] => false,
            var steps => steps.Length > 2,
        };

    private static Dictionary<string, string> Cut(Dictionary<string, string> paths)
    {
        var cut = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths.Keys.Where(path => path.StartsWith(Top, StringComparison.Ordinal)).ToArray())
        {
            paths.Remove(path, out var value);
            cut[path[Top.Length..]] = value!;
        }
        return cut;
    }
}
