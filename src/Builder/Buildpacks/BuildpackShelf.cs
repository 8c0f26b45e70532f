using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Builder.Posix;

namespace NeetoDeploy.Builder.Buildpacks;

/// <summary>
/// Fetched buildpacks, for all apps: a folder each, called after what exactly was fetched, never changed once it is there. A sandbox sees only those that its
/// app has named, and cannot write to them.
/// </summary>
internal sealed class BuildpackShelf(BuilderOptions options, TimeProvider time)
{
    private const string IdentityFile = "identity";

    // Longer than any build may take: what one of them has mounted stays.
    private static readonly TimeSpan LeastAge = TimeSpan.FromDays(1);

    private readonly string root = Path.Combine(Path.GetFullPath(options.BuildsDirectory), "buildpacks");

    /// <summary>A buildpack that is here.</summary>
    /// <param name="Folder">Holds <c>&lt;id with / as _&gt;/&lt;version&gt;</c>, and those that it is composed of.</param>
    internal sealed record Entry(string Folder, string Id, string Version);

    /// <param name="what">Names the content, not only where it came from.</param>
    public Entry? Find(string what)
    {
        var folder = FolderOf(what);
        if (!Directory.Exists(folder))
            return null;
        Directory.SetLastWriteTimeUtc(folder, time.GetUtcNow().UtcDateTime);
        return File.ReadAllLines(Path.Combine(folder, IdentityFile)) is [var id, var version] ? new(folder, id, version) : null;
    }

    /// <summary>A new folder beside the others, for something on its way to them; disposing removes it.</summary>
    public Scratch Begin()
    {
        Directory.CreateDirectory(root, FileModes.Executable);
        var path = Path.Combine(root, $".{Guid.NewGuid():N}");
        Directory.CreateDirectory(path, FileModes.Executable);
        return new Scratch(path);
    }

    /// <summary>Takes over a folder of buildpacks. When another build was faster, its folder is the one that stays.</summary>
    public Entry Add(string what, string folder, BuildpackIdentity identity)
    {
        File.WriteAllLines(Path.Combine(folder, IdentityFile), [identity.Id, identity.Version]);
        File.SetUnixFileMode(folder, FileModes.Executable);
        try
        {
            Directory.Move(folder, FolderOf(what));
        }
        catch (IOException) when (Directory.Exists(FolderOf(what)))
        {
            // The same, from another build.
        }
        Trim();
        return new(FolderOf(what), identity.Id, identity.Version);
    }

    private string FolderOf(string what) => Path.Combine(root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what))));

    /// <summary>Removes those that were not used for longest, until the rest is small enough.</summary>
    private void Trim()
    {
        var left = options.BuildpackBytes;
        foreach (var folder in new DirectoryInfo(root).GetDirectories().OrderByDescending(f => f.LastWriteTimeUtc))
        {
            left -= FolderSize.Of([folder.FullName], long.MaxValue, long.MaxValue, CancellationToken.None).Bytes;
            if (left < 0 && time.GetUtcNow().UtcDateTime - folder.LastWriteTimeUtc > LeastAge)
                folder.Delete(recursive: true);
        }
    }

    internal sealed class Scratch(string path) : IDisposable
    {
        /// <summary>Where an archive is unpacked.</summary>
        public string Unpacked => Path.Combine(path, "unpacked");

        /// <summary>Where a folder of buildpacks is put together.</summary>
        public string Shelf => Path.Combine(path, "shelf");

        /// <summary>For whatever else is needed on the way.</summary>
        public string this[string name] => Path.Combine(path, name);

        public void Dispose() => Directory.Delete(path, recursive: true);
    }
}
