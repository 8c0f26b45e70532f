using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Cli.Deploys;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Deploys;

/// <summary>What of a folder is deployed.</summary>
public sealed class SourceArchiveTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public async Task In_a_checkout_git_decides()
    {
        await RealGit.RunAsync(folder.Path, "init", "-q");
        folder.Write(".gitignore", "node_modules/\n*.log\n");
        folder.Write("server.js", "tracked");
        folder.Write("gone.js", "deleted after it was added");
        await RealGit.RunAsync(folder.Path, "add", ".");
        File.Delete(folder["gone.js"]);
        folder.Write("new.js", "untracked");
        folder.Write("debug.log", "ignored");
        folder.Write("node_modules/x/index.js", "ignored");

        Assert.Equal([".gitignore", "new.js", "server.js"], (await PackAsync()).Keys);
    }

    [Fact]
    public async Task Of_a_checkout_a_folder_can_be_deployed_alone()
    {
        await RealGit.RunAsync(folder.Path, "init", "-q");
        folder.Write("README.md", "outside");
        folder.Write("services/shop/server.js", "inside");

        Assert.Equal(["server.js"], (await PackAsync("services/shop")).Keys);
    }

    [Fact]
    public async Task Without_git_everything_but_installed_modules_goes()
    {
        folder.Write("server.js", "");
        folder.Write("lib/über uns.js", "");
        folder.Write(".env", "");
        folder.Write("node_modules/x/index.js", "");
        folder.Write("lib/node_modules/x/index.js", "");

        Assert.Equal([".env", "lib/über uns.js", "server.js"], (await PackAsync()).Keys);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Executables_stay_executable(bool isCheckout)
    {
        if (isCheckout)
            await RealGit.RunAsync(folder.Path, "init", "-q");
        folder.Write("bin/start", "#!/bin/sh\n");
        folder.Write("server.js", "");
        File.SetUnixFileMode(
            folder["bin/start"],
            File.GetUnixFileMode(folder["bin/start"]) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
        );

        var entries = await PackAsync();

        Assert.True(entries["bin/start"].Mode.HasFlag(UnixFileMode.UserExecute));
        Assert.False(entries["server.js"].Mode.HasFlag(UnixFileMode.UserExecute));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Links_stay_links_and_are_not_followed(bool isCheckout)
    {
        if (isCheckout)
            await RealGit.RunAsync(folder.Path, "init", "-q");
        folder.Write("lib/a.js", "");
        File.CreateSymbolicLink(folder["file"], "lib/a.js");
        File.CreateSymbolicLink(folder["dangling"], "nowhere");
        Directory.CreateSymbolicLink(folder["lib/back"], "..");
        Directory.CreateSymbolicLink(folder["out"], "/etc");

        var entries = await PackAsync();

        Assert.Equal(["dangling", "file", "lib/a.js", "lib/back", "out"], entries.Keys);
        Assert.Equal(["nowhere", "lib/a.js", "", "..", "/etc"], entries.Values.Select(entry => entry.LinkName));
    }

    [Fact]
    public async Task Content_arrives_as_it_is()
    {
        folder.Write("long/" + new string('n', 120) + "/server.js", "grüß dich\n");

        var entry = Assert.Single(await PackAsync()).Value;

        using var reader = new StreamReader(entry.DataStream!, Encoding.UTF8);
        Assert.Equal("grüß dich\n", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_clean_checkout_has_a_version_and_a_changed_one_has_none()
    {
        await RealGit.RunAsync(folder.Path, "init", "-q");
        folder.Write("server.js", "one");
        await RealGit.RunAsync(folder.Path, "add", ".");
        await RealGit.RunAsync(folder.Path, "commit", "-qm", "One");
        using var clean = await SourceArchive.PackAsync(folder.Path, TestContext.Current.CancellationToken);
        folder.Write("server.js", "two");
        using var changed = await SourceArchive.PackAsync(folder.Path, TestContext.Current.CancellationToken);

        Assert.Equal((await RealGit.RunAsync(folder.Path, "rev-parse", "HEAD")).Trim(), clean.Version);
        Assert.Null(changed.Version);
    }

    [Fact]
    public async Task The_checksum_is_the_archives_and_the_archive_goes_when_it_is_done_with()
    {
        folder.Write("server.js", "");
        var archive = await SourceArchive.PackAsync(folder.Path, TestContext.Current.CancellationToken);
        var bytes = await File.ReadAllBytesAsync(archive.Path, TestContext.Current.CancellationToken);

        Assert.Equal($"SHA256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}", archive.Checksum);
        Assert.Equal(bytes.Length, archive.Bytes);
        archive.Dispose();
        Assert.False(File.Exists(archive.Path));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Entries by name, in the archive's order.</summary>
    private async Task<OrderedDictionary<string, TarEntry>> PackAsync(string relative = "")
    {
        using var archive = await SourceArchive.PackAsync(Path.Combine(folder.Path, relative), TestContext.Current.CancellationToken);
        await using var gzip = new GZipStream(File.OpenRead(archive.Path), CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        var entries = new OrderedDictionary<string, TarEntry>();
        while (await tar.GetNextEntryAsync(copyData: true, TestContext.Current.CancellationToken) is { } entry)
            entries.Add(entry.Name, entry);
        return entries;
    }
}
