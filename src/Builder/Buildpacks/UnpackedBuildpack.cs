using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;

namespace NeetoDeploy.Builder.Buildpacks;

/// <summary>Makes a folder of buildpacks of one that was unpacked from an archive or a repository.</summary>
internal static class UnpackedBuildpack
{
    public static BuildpackIdentity Shelve(BuildpackShelf.Scratch scratch, UnpackedSource unpacked, string name, string version)
    {
        SourceLinks.Make(scratch.Unpacked, unpacked.Links);
        var top = TopOf(scratch.Unpacked);
        var identity = BuildpackIdentity.Of(new UntrustedFolder(top), name, version);
        if (identity.IsClassic)
            DropUnpublished(top);
        var place = Path.Combine(scratch.Shelf, identity.Place);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        Directory.Move(top, place);
        return identity;
    }

    /// <summary>Archives of code hosts have everything in one folder, those of Heroku's registry have not.</summary>
    private static string TopOf(string folder)
    {
        var isTop = Path.Exists(Path.Combine(folder, "bin")) || Path.Exists(Path.Combine(folder, "buildpack.toml"));
        return !isTop && Directory.GetFileSystemEntries(folder) is [var only] && FileStatus.Of(only)?.Kind is FileKind.Directory
            ? only
            : folder;
    }

    /// <summary>What Heroku's registry would leave out by the buildpack's own wish, such as its tests.</summary>
    private static void DropUnpublished(string folder)
    {
        var toml = TomlText.Parse(new UntrustedFolder(folder).ReadText("buildpack.toml"));
        var ignored = new SlugIgnore([.. TomlText.Strings(TomlText.Table(TomlText.Table(toml, "publish"), "Ignore"), "files"), ".git/"]);
        foreach (var entry in FolderWalk.Of(folder).Where(e => ignored.Excludes(e.Relative, e.Status.Kind is FileKind.Directory)).ToList())
        {
            // What is excluded for itself as well has gone with its folder.
            if (FileStatus.Of(entry.Path) is null)
                continue;
            if (entry.Status.Kind is FileKind.Directory)
                Directory.Delete(entry.Path, recursive: true);
            else
                File.Delete(entry.Path);
        }
    }
}
