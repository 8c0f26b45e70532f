using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Builder.Posix;

namespace NeetoDeploy.Builder.Tests.Export;

public sealed class TarWriterTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Gnu_tar_restores_exactly_what_was_there()
    {
        var names = new[]
        {
            "plain",
            "naïve 日本",
            new string('n', 100),
            new string('m', 101),
            $"{new string('d', 90)}/{new string('f', 200)}",
            "new\nline",
            "quo\"te'$(x)",
        };
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[$"in/{name}"])!);
            File.WriteAllText(folder[$"in/{name}"], $"content of {name}");
        }
        File.WriteAllBytes(folder["in/empty"], []);
        File.WriteAllBytes(folder["in/block"], new byte[512]);
        File.WriteAllBytes(folder["in/more"], new byte[200_001]);
        File.SetUnixFileMode(folder["in/plain"], (UnixFileMode)0b111_101_000);
        File.CreateSymbolicLink(folder["in/link"], "plain");
        File.CreateSymbolicLink(folder["in/long-link"], new string('t', 150));
        Directory.CreateDirectory(folder["in/empty-folder"]);

        Directory.CreateDirectory(folder["out"]);
        GnuTar.Extract(Pack(folder["in"]), folder["out"]);
        Assert.Equal(Describe(folder["in"]), Describe(folder["out"]));
    }

    [Fact]
    public void Owners_and_times_are_always_the_same()
    {
        var tar = Write(
            LayerEntry.Folder("cnb", 0),
            LayerEntry.Text("app/file", "hello"u8.ToArray(), 1000),
            LayerEntry.Link("app/link", "file", 1000)
        );
        Assert.Equal(
            [
                "drwxr-xr-x 0/0               0 1980-01-01 00:00:01 cnb/",
                "-rw-r--r-- 1000/1000         5 1980-01-01 00:00:01 app/file",
                "lrwxrwxrwx 1000/1000         0 1980-01-01 00:00:01 app/link -> file",
            ],
            GnuTar.List(tar)
        );
    }

    [Fact]
    public void A_file_beyond_eight_gigabytes_keeps_its_size()
    {
        using var output = new MemoryStream();
        var huge = new LayerEntry("huge", FileKind.Regular, 0b110_100_100, 0, Size: 10L << 30);
        Assert.Throws<IOException>(() => new TarWriter(output).Write(huge, Stream.Null));
        // GNU tar's binary form of the size: 0x80, then big-endian.
        Assert.Equal([0x80, 0, 0, 0, 0, 0, 0, 2, 0x80, 0, 0, 0], output.ToArray()[124..136]);
    }

    private static byte[] Pack(string root) =>
        Write([.. FolderWalk.Of(root).Select(e => LayerEntries.From(e, e.Relative, Environment.IsPrivilegedProcess ? 0 : 1000))]);

    private static byte[] Write(params LayerEntry[] entries)
    {
        using var output = new MemoryStream();
        var tar = new TarWriter(output);
        foreach (var entry in entries)
        {
            using Stream content = entry.HostPath is null ? new MemoryStream(entry.Content.ToArray()) : File.OpenRead(entry.HostPath);
            tar.Write(entry, content);
        }
        tar.Finish();
        Assert.Equal(output.Length, entries.Sum(TarWriter.LengthOf) + TarWriter.EndLength);
        return output.ToArray();
    }

    private static string[] Describe(string root) =>
        [
            .. FolderWalk
                .Of(root)
                .Select(e =>
                    $"{e.Relative} {e.Status.Kind} {Convert.ToString(e.Status.Mode, 8)} "
                    + e.Status.Kind switch
                    {
                        FileKind.Link => new FileInfo(e.Path).LinkTarget,
                        FileKind.Regular => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(e.Path))),
                        _ => "",
                    }
                ),
        ];
}
