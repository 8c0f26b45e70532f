using System.Formats.Tar;
using System.Security.Cryptography;
using NeetoDeploy.Builder.Posix;

namespace NeetoDeploy.Builder.Tests.Sources;

public sealed class SourceTreeTests : IDisposable
{
    private readonly SourceTreeFixture source = new();

    public void Dispose() => source.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Files_links_and_exec_bits_survive(bool gzip)
    {
        var tar = Archives.Tar(
            Archives.File("bin/run", "#!/bin/sh", executable: true),
            Archives.File("naïve/日本.txt", "héllo"),
            Archives.File(string.Join('/', Enumerable.Repeat("a-rather-long-folder", 8)) + "/file", "deep"),
            Archives.Link("current", "bin"),
            Archives.Link("absolute", "/app/bin/run"),
            Archives.Link("dangling", "nowhere"),
            Archives.Link("copy", "bin/run", TarEntryType.HardLink)
        );
        await source.UnpackAsync(gzip ? Archives.Gzip(tar) : tar);
        Assert.Equal("héllo", File.ReadAllText(Path.Combine(source.App, "naïve/日本.txt")));
        Assert.Contains("current -> bin", source.Listing());
        Assert.Contains("absolute -> /app/bin/run", source.Listing());
        Assert.Contains("dangling -> nowhere", source.Listing());
        Assert.True(FileStatus.Of(Path.Combine(source.App, "bin/run"))!.Value.IsExecutable);
        Assert.True(FileStatus.Of(Path.Combine(source.App, "copy"))!.Value.IsExecutable);
        Assert.False(FileStatus.Of(Path.Combine(source.App, "naïve/日本.txt"))!.Value.IsExecutable);
    }

    [Fact]
    public async Task The_only_folder_is_the_top()
    {
        await source.UnpackAsync(
            Archives.Tar(
                Archives.Of(TarEntryType.Directory, "app-1.0/"),
                Archives.File("app-1.0/Procfile", "web: x"),
                Archives.Link("app-1.0/l", "Procfile")
            )
        );
        Assert.Equal(["Procfile", "l -> Procfile"], source.Listing());
    }

    [Fact]
    public async Task A_folder_beside_a_file_is_not_the_top()
    {
        await source.UnpackAsync(Archives.Tar(Archives.File("./a/b", ""), Archives.File("./c", "")));
        Assert.Equal(["a", "a/b", "c"], source.Listing());
    }

    [Fact]
    public async Task Nothing_of_the_last_source_stays()
    {
        await source.UnpackAsync(Archives.Tar(Archives.File("old", ""), Archives.File("both", "")));
        File.WriteAllText(Path.Combine(source.App, "made-by-a-buildpack"), "");
        await source.UnpackAsync(Archives.Tar(Archives.File("new", ""), Archives.File("both", "")));
        Assert.Equal(["both", "new"], source.Listing());
    }

    [Fact]
    public async Task Unchanged_files_keep_their_time_and_changed_ones_do_not()
    {
        await source.UnpackAsync(Archives.Tar(Archives.File("same", "1"), Archives.File("changed", "1")));
        var (same, changed) = (Time("same"), Time("changed"));
        // Of the same size, so that only the content tells.
        await source.UnpackAsync(Archives.Tar(Archives.File("same", "1"), Archives.File("changed", "2")));
        Assert.Equal(same, Time("same"));
        Assert.NotEqual(changed, Time("changed"));

        DateTime Time(string name) => File.GetLastWriteTimeUtc(Path.Combine(source.App, name));
    }

    [Fact]
    public async Task The_index_knows_what_nobody_touched()
    {
        var index = await source.UnpackAsync(Archives.Tar(Archives.File("touched", "1"), Archives.File("untouched", "1")));
        File.WriteAllText(Path.Combine(source.App, "touched"), "2");
        Assert.Null(index.ContentOf("touched", FileStatus.Of(Path.Combine(source.App, "touched"))!.Value));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData("1"u8)),
            index.ContentOf("untouched", FileStatus.Of(Path.Combine(source.App, "untouched"))!.Value)
        );
    }

    [Fact]
    public async Task Slugignore_and_the_repository_itself_stay_out()
    {
        await source.UnpackAsync(
            Archives.Tar(
                Archives.File(".slugignore", "# comment\n\n*.psd\n/docs\ntest/\nassets/**/raw\n"),
                Archives.File(".git/config", ""),
                Archives.File("a.psd", ""),
                Archives.File("deep/b.psd", ""),
                Archives.File("docs/x", ""),
                Archives.File("src/docs/x", ""),
                Archives.File("src/test/x", ""),
                Archives.File("assets/a/b/raw/x", ""),
                Archives.File("assets/a/x", ""),
                Archives.Link("docs/link", "x")
            )
        );
        Assert.Equal(
            [".slugignore", "assets", "assets/a", "assets/a/b", "assets/a/x", "deep", "src", "src/docs", "src/docs/x"],
            source.Listing()
        );
    }

    [Fact]
    public async Task A_source_without_files_is_refused()
    {
        Assert.Equal("the source has no files", await source.RefusalAsync(Archives.Tar(Archives.Of(TarEntryType.Directory, "empty/"))));
        Assert.Equal("the source has no files", await source.RefusalAsync(Archives.Tar(Archives.File(".git/HEAD", "x"))));
    }

    [Fact]
    public async Task The_checksum_is_compared()
    {
        var archive = Archives.Tar(Archives.File("file", "x"));
        await source.UnpackAsync(archive, $"SHA256:{Convert.ToHexStringLower(SHA256.HashData(archive))}");
        Assert.Contains("checksum", await source.RefusalAsync(archive, $"SHA256:{new string('0', 64)}"));
        Assert.Contains("SHA256:hex", await source.RefusalAsync(archive, "md5:abc"));
    }
}
