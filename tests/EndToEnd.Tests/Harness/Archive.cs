using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>Archives as users, and people who mean harm, upload them.</summary>
public static class Archive
{
    /// <summary>A folder's files, without its <c>.git</c>.</summary>
    public static byte[] Of(string folder) =>
        Of([
            .. Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => (Path: Path.GetRelativePath(folder, file), File: file))
                .Where(found => !found.Path.StartsWith(".git/", StringComparison.Ordinal))
                .Select(found => new PaxTarEntry(TarEntryType.RegularFile, found.Path)
                {
                    DataStream = new MemoryStream(System.IO.File.ReadAllBytes(found.File)),
                    Mode = System.IO.File.GetUnixFileMode(found.File),
                }),
        ]);

    public static byte[] Of(params TarEntry[] entries)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, leaveOpen: true))
        {
            foreach (var entry in entries)
                tar.WriteEntry(entry);
        }
        return packed.ToArray();
    }

    public static TarEntry File(string path, string content) =>
        new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) };

    public static TarEntry Program(string path, string content)
    {
        var file = File(path, content);
        file.Mode |= UnixFileMode.UserExecute;
        return file;
    }

    public static TarEntry Link(string path, string target) => new PaxTarEntry(TarEntryType.SymbolicLink, path) { LinkName = target };
}
