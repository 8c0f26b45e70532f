using System.Formats.Tar;
using NeetoDeploy.Builder.Sources;

namespace NeetoDeploy.Builder.Tests.Sources;

public sealed class MaliciousArchiveTests : IDisposable
{
    private readonly SourceTreeFixture source = new(
        new SourceLimits
        {
            ArchiveBytes = 100_000,
            UnpackedBytes = 1_000_000,
            Entries = 50,
        }
    );

    public void Dispose() => source.Dispose();

    public static TheoryData<string, Func<IEnumerable<TarEntry>>> Escapes =>
        new()
        {
            { "a step up", () => [Archives.File("../evil", "x")] },
            { "a step up in the middle", () => [Archives.File("a/../../evil", "x")] },
            { "an absolute path", () => [Archives.File("/etc/evil", "x")] },
            { "a folder above", () => [Archives.Of(TarEntryType.Directory, "../evil/")] },
            { "a link up", () => [Archives.Link("evil", "..")] },
            { "a link to an absolute path", () => [Archives.Link("evil", "/etc/passwd")] },
            { "a link that only seems to be in the app", () => [Archives.Link("evil", "/application")] },
            { "a link up from a folder", () => [Archives.Link("a/b/evil", "../../../x")] },
            { "a link through a link", () => [Archives.File("d/f", "x"), Archives.Link("d/up", ".."), Archives.Link("evil", "d/up/..")] },
            { "a link out of the app by its own name", () => [Archives.Link("evil", "/app/../etc")] },
            { "a link's name above", () => [Archives.Link("../evil", "x")] },
            { "a file through a link", () => [Archives.Link("evil", "/tmp"), Archives.File("evil/file", "x")] },
            { "a link over a folder with files", () => [Archives.File("evil/file", "x"), Archives.Link("evil", "/tmp")] },
            { "a hard link above", () => [Archives.Link("evil", "../../etc/passwd", TarEntryType.HardLink)] },
            { "a hard link to an absolute path", () => [Archives.Link("evil", "/etc/passwd", TarEntryType.HardLink)] },
            { "a hard link to nothing", () => [Archives.Link("evil", "nothing", TarEntryType.HardLink)] },
            { "a hard link through a link", () => [Archives.Link("l", "/etc/passwd"), Archives.Link("evil", "l", TarEntryType.HardLink)] },
            { "a link in a folder that is a link", () => [Archives.Link("evil", ".."), Archives.Link("evil/evil", "index.html")] },
            { "a folder in a link", () => [Archives.Link("evil", ".."), Archives.Link("evil/evil/evil", "index.html")] },
            { "a link in a link that comes later", () => [Archives.Link("evil/evil", "index.html"), Archives.Link("evil", "..")] },
            { "a device", () => [Archives.Of(TarEntryType.CharacterDevice, "evil")] },
            { "a disk", () => [Archives.Of(TarEntryType.BlockDevice, "evil")] },
            { "a pipe", () => [Archives.Of(TarEntryType.Fifo, "evil")] },
        };

    [Theory, MemberData(nameof(Escapes))]
    public async Task What_reaches_out_is_refused_and_names_the_culprit(string what, Func<IEnumerable<TarEntry>> entries)
    {
        var message = await source.RefusalAsync(Archives.Tar([Archives.File("index.html", "hello"), .. entries()]));
        Assert.True(message.Contains("evil", StringComparison.Ordinal) && !message.Contains('\n'), $"{what}: {message}");
        Assert.False(Directory.Exists(source.App), what);
        Assert.False(Directory.Exists(source.Place.Scratch), what);
        Assert.Empty(Directory.GetFiles(source.Folder, "evil*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_refused_source_leaves_the_last_one_in_place()
    {
        await source.UnpackAsync(Archives.Tar(Archives.File("good", "x")));
        await source.RefusalAsync(Archives.Tar(Archives.File("better", "x"), Archives.File("../evil", "x")));
        Assert.Equal(["good"], source.Listing());
    }

    [Fact]
    public async Task A_link_out_of_the_only_folder_is_refused_once_that_folder_is_the_top() =>
        Assert.Contains("evil", await source.RefusalAsync(Archives.Tar(Archives.File("top/file", "x"), Archives.Link("top/evil", "../x"))));

    [Fact]
    public async Task A_bomb_of_bytes_is_refused() =>
        Assert.Contains(
            "when unpacked",
            await source.RefusalAsync(Archives.Gzip(Archives.Tar(Archives.File("zeros", new byte[5_000_000]))))
        );

    [Fact]
    public async Task A_bomb_of_hard_links_is_refused() =>
        Assert.Contains(
            "when unpacked",
            await source.RefusalAsync(
                Archives.Gzip(
                    Archives.Tar([
                        Archives.File("zeros", new byte[300_000]),
                        .. Enumerable.Range(0, 10).Select(i => Archives.Link($"copy{i}", "zeros", TarEntryType.HardLink)),
                    ])
                )
            )
        );

    [Fact]
    public async Task A_bomb_of_headers_is_refused()
    {
        var entry = new PaxTarEntry(TarEntryType.RegularFile, "file", new Dictionary<string, string> { ["comment"] = new('x', 5_000_000) });
        Assert.Contains("unreasonably long", await source.RefusalAsync(Archives.Gzip(Archives.Tar(entry))));
    }

    [Fact]
    public async Task Too_many_files_are_refused() =>
        Assert.Contains(
            "more than 50 files",
            await source.RefusalAsync(Archives.Tar(Enumerable.Range(0, 60).Select(i => Archives.File($"f{i}", ""))))
        );

    [Fact]
    public async Task Too_large_an_archive_is_refused()
    {
        var noise = new byte[200_000];
        new Random(1).NextBytes(noise);
        Assert.Contains("larger than", await source.RefusalAsync(Archives.Tar(Archives.File("noise", noise))));
    }

    [Theory]
    [InlineData(new byte[0], "the source is empty")]
    [InlineData(new byte[] { 1 }, "not a tar archive")]
    [InlineData(new byte[] { 0x1f, 0x8b, 1, 2, 3 }, "not a tar archive")]
    public async Task What_is_no_archive_is_refused(byte[] archive, string reason) =>
        Assert.Contains(reason, await source.RefusalAsync(archive));

    [Fact]
    public async Task Noise_is_refused()
    {
        var noise = new byte[10_240];
        new Random(2).NextBytes(noise);
        Assert.Contains("not a tar archive", await source.RefusalAsync(noise));
    }

    [Fact]
    public async Task A_truncated_archive_is_refused()
    {
        var whole = Archives.Tar(Archives.File("file", new byte[5000]));
        Assert.Contains("damaged", await source.RefusalAsync(whole[..2000]));
    }

    [Fact]
    public async Task A_file_where_a_folder_is_is_refused() =>
        Assert.Contains("cannot hold", await source.RefusalAsync(Archives.Tar(Archives.File("a/b", "x"), Archives.File("a", "x"))));

    [Fact]
    public async Task A_name_that_no_file_system_takes_is_refused() =>
        Assert.Contains("cannot hold", await source.RefusalAsync(Archives.Tar(Archives.File(new string('n', 300), "x"))));

    [Fact]
    public async Task Control_characters_do_not_reach_the_message() =>
        Assert.DoesNotContain(await source.RefusalAsync(Archives.Tar(Archives.File("../\u001b[2Jevil\n", "x"))), char.IsControl);
}
