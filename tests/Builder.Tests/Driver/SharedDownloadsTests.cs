using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Driver;

public sealed class SharedDownloadsTests : IAsyncLifetime
{
    private BuilderFixture builder = null!;

    public async ValueTask InitializeAsync() =>
        builder = await BuilderFixture.StartAsync(
            new FakeImageStore(TimeProvider.System),
            options => options with { LargestDownloadBytes = 100, SharedDownloadBytes = 250 }
        );

    public ValueTask DisposeAsync()
    {
        builder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_one_app_s_build_has_downloaded_the_next_app_s_finds()
    {
        await OfferAsync(new() { [Name("node")] = "node" });

        Assert.Equal(new() { [Name("node")] = "node" }, await FoundByAnotherAsync());
        Assert.False(Path.Exists(Path.Combine(builder.AppFolder, "cache/offers")));
    }

    [Fact]
    public async Task A_registry_that_gives_SHA_256_is_as_good()
    {
        var name = Convert.ToHexStringLower(SHA256.HashData("package"u8));
        await OfferAsync(new() { [name] = "package", [name.Replace(name[0], name[0] == '0' ? '1' : '0')] = "package" });

        Assert.Equal(new() { [name] = "package" }, await FoundByAnotherAsync());
    }

    [Fact]
    public async Task What_is_not_what_its_name_says_is_not_taken()
    {
        await OfferAsync(
            new()
            {
                [Name("node")] = "poison",
                ["latest"] = "node",
                [Name(new string('x', 101))] = new string('x', 101),
            }
        );

        Assert.Empty(await FoundByAnotherAsync());
    }

    [Fact]
    public async Task A_file_that_is_there_cannot_be_replaced()
    {
        await OfferAsync(new() { [Name("node")] = "node" });
        await OfferAsync(new() { [Name("node")] = "poison" });

        Assert.Equal("node", Assert.Single(await FoundByAnotherAsync()).Value);
    }

    [Fact]
    public async Task A_link_to_a_file_of_the_host_is_not_followed()
    {
        var secret = Path.Combine(builder.Folder, "secret");
        await File.WriteAllTextAsync(secret, "the host's", TestContext.Current.CancellationToken);
        builder.Sandboxes.Script = Scripts.NodeAnd(s =>
        {
            Directory.CreateDirectory(s["/cache/offers"]);
            File.CreateSymbolicLink(s[$"/cache/offers/{Name("the host's")}"], secret);
        });
        await builder.BuildAsync(Archives.File("server.js", "1"));

        Assert.Empty(await FoundByAnotherAsync());
    }

    [Fact]
    public async Task The_oldest_go_when_all_together_are_too_large()
    {
        foreach (var letter in "abc")
            await OfferAsync(new() { [Name(new string(letter, 100))] = new string(letter, 100) });

        var found = await FoundByAnotherAsync();

        Assert.Equal(2, found.Count);
        Assert.Contains(new string('c', 100), found.Values);
    }

    [Fact]
    public async Task What_a_gzip_file_holds_is_kept_beside_it()
    {
        var packed = Gzip("node");
        await OfferFilesAsync(packed);

        Assert.Equal(new() { [Name(packed)] = Latin(packed), [$"{Name(packed)}.tar"] = "node" }, await FoundByAnotherAsync());
    }

    [Fact]
    public async Task A_gzip_file_that_holds_too_much_is_kept_only_as_it_is()
    {
        var packed = Gzip(new string('0', 126));
        await OfferFilesAsync(packed);

        Assert.Equal(new() { [Name(packed)] = Latin(packed) }, await FoundByAnotherAsync());
    }

    [Fact]
    public async Task A_broken_gzip_file_is_kept_only_as_it_is()
    {
        byte[] broken = [.. Gzip("node")[..^9], 1];
        await OfferFilesAsync(broken);

        Assert.Equal(new() { [Name(broken)] = Latin(broken) }, await FoundByAnotherAsync());
    }

    [Fact]
    public async Task Nobody_can_offer_what_a_file_holds()
    {
        var packed = Gzip("node");
        await OfferAsync(new() { [$"{Name(packed)}.tar"] = "poison" });

        Assert.Empty(await FoundByAnotherAsync());
    }

    private Task OfferFilesAsync(params byte[][] files) => OfferAsync(files.ToDictionary(Name, Latin));

    private async Task OfferAsync(Dictionary<string, string> files)
    {
        builder.Sandboxes.Script = Scripts.NodeAnd(s =>
        {
            foreach (var (name, content) in files)
                s.Write($"/cache/offers/{name}", Encoding.Latin1.GetBytes(content));
        });
        await builder.BuildAsync(Archives.File("server.js", "1"));
    }

    private async Task<Dictionary<string, string>> FoundByAnotherAsync()
    {
        var found = new Dictionary<string, string>();
        builder.Sandboxes.Script = Scripts.NodeAnd(s =>
        {
            var folder = s.Spec.Mounts.Single(mount => mount.Path == "/downloads");
            Assert.True(folder.ReadOnly);
            foreach (var file in Directory.GetFiles(folder.HostPath))
                found[Path.GetFileName(file)] = File.ReadAllText(file, Encoding.Latin1);
        });
        await builder.BuildAsync(builder.Job(Archives.File("server.js", "1")) with { App = new AppId(Guid.NewGuid()) });
        return found;
    }

    private static string Name(string content) => Name(Encoding.Latin1.GetBytes(content));

    private static string Name(byte[] content) => Convert.ToHexStringLower(SHA512.HashData(content));

    private static string Latin(byte[] content) => Encoding.Latin1.GetString(content);

    private static byte[] Gzip(string content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(content));
        return packed.ToArray();
    }
}
