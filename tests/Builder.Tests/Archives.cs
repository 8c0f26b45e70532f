using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace NeetoDeploy.Builder.Tests;

/// <summary>Makes source archives.</summary>
internal static class Archives
{
    /// <summary>A plain file.</summary>
    public static TarEntry File(string name, string content, bool executable = false) =>
        File(name, Encoding.UTF8.GetBytes(content), executable);

    public static TarEntry File(string name, byte[] content, bool executable = false)
    {
        var mode =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead;
        return new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(content),
            ModificationTime = DateTimeOffset.UnixEpoch,
            Mode = executable ? mode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : mode,
        };
    }

    public static TarEntry Link(string name, string target, TarEntryType type = TarEntryType.SymbolicLink) =>
        new PaxTarEntry(type, name) { LinkName = target };

    public static TarEntry Of(TarEntryType type, string name) => new PaxTarEntry(type, name);

    public static byte[] Tar(params IEnumerable<TarEntry> entries)
    {
        using var output = new MemoryStream();
        using (var writer = new TarWriter(output, leaveOpen: true))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }
        return output.ToArray();
    }

    public static byte[] Gzip(byte[] plain)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
            gzip.Write(plain);
        return output.ToArray();
    }
}
