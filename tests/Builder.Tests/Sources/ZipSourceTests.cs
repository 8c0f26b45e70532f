using System.IO.Compression;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;

namespace NeetoDeploy.Builder.Tests.Sources;

public sealed class ZipSourceTests : IDisposable
{
    private const int Link = 0xA1FF << 16;
    private const int Executable = 0x81ED << 16;

    private readonly SourceTreeFixture source = new(
        new SourceLimits
        {
            ArchiveBytes = 100_000,
            UnpackedBytes = 1_000_000,
            Entries = 50,
        }
    );

    public void Dispose() => source.Dispose();

    [Fact]
    public async Task Files_links_and_exec_bits_survive()
    {
        await source.UnpackAsync(
            Zip(("shop/", "", 0), ("shop/bin/run", "#!/bin/sh", Executable), ("shop\\naïve.txt", "héllo", 0), ("shop/l", "bin/run", Link))
        );
        Assert.Equal(["bin", "bin/run", "l -> bin/run", "naïve.txt"], source.Listing());
        Assert.True(FileStatus.Of(Path.Combine(source.App, "bin/run"))!.Value.IsExecutable);
        Assert.False(FileStatus.Of(Path.Combine(source.App, "naïve.txt"))!.Value.IsExecutable);
        Assert.Equal("héllo", File.ReadAllText(Path.Combine(source.App, "naïve.txt")));
    }

    [Theory]
    [InlineData("../evil", "x", 0)]
    [InlineData("..\\evil", "x", 0)]
    [InlineData("/etc/evil", "x", 0)]
    [InlineData("evil\0", "x", 0)]
    [InlineData("evil", "../../etc/passwd", Link)]
    [InlineData("evil", "/etc/passwd", Link)]
    [InlineData("evil", "", Link)]
    public async Task What_reaches_out_is_refused_and_names_the_culprit(string name, string content, int attributes)
    {
        Assert.Contains("evil", await source.RefusalAsync(Zip(("good", "x", 0), (name, content, attributes))), StringComparison.Ordinal);
        Assert.Equal(["sources"], Directory.GetFileSystemEntries(source.Folder).Select(Path.GetFileName).Except(["buildpacks"]));
    }

    [Fact]
    public async Task One_that_grows_without_end_is_stopped()
    {
        var half = new string('0', 600_000);
        Assert.Contains(
            "larger than 0 MB when unpacked",
            await source.RefusalAsync(Zip(("a", half, 0), ("b", half, 0))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task One_with_too_many_files_is_refused()
    {
        var many = Enumerable.Range(0, 51).Select(i => ($"{i}", "", 0)).ToArray();
        Assert.Contains("more than 50 files", await source.RefusalAsync(Zip(many)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_one_says_so()
    {
        var zip = Zip(("a", "content", 0));
        Assert.Contains("a zip archive that cannot be read", await source.RefusalAsync(zip[..^30]), StringComparison.Ordinal);
    }

    private static byte[] Zip(params (string Name, string Content, int Attributes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content, attributes) in entries)
            {
                var entry = zip.CreateEntry(name);
                entry.ExternalAttributes = attributes;
                using var writer = new StreamWriter(entry.Open());
                writer.Write(content);
            }
        }
        return stream.ToArray();
    }
}
