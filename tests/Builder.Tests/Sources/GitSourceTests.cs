using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Builder.Tests.Buildpacks;

namespace NeetoDeploy.Builder.Tests.Sources;

public sealed class GitSourceTests : IDisposable
{
    private readonly BuildpackServer server = new();
    private readonly SourceTreeFixture source = new(allowPrivate: true);

    private string Url => $"git+{server.Url}/git/shop";

    public void Dispose()
    {
        source.Dispose();
        server.Dispose();
    }

    [Fact]
    public async Task A_branch_is_built_at_the_commit_that_it_stands_for_when_the_build_begins()
    {
        var first = server.Commit("shop", ("Procfile", "web: first"));
        var pinned = await source.PinAsync($"{Url}#main");
        Assert.Equal((first, $"{Url}#{first}"), (pinned.Version, pinned.Url));

        server.Commit("shop", ("Procfile", "web: second"));
        await source.FetchAsync(pinned.Url);
        Assert.Equal("web: first", File.ReadAllText(Path.Combine(source.App, "Procfile")));
    }

    [Fact]
    public async Task Everything_in_the_repository_is_there_and_nothing_of_git()
    {
        server.Commit("shop", (".gitattributes", "lib export-ignore\n"), ("lib/x", "lib"), ("Procfile", "web: x"));
        await source.FetchAsync(Url);
        Assert.Equal([".gitattributes", "Procfile", "lib", "lib/x"], source.Listing().Order(StringComparer.Ordinal));
        Assert.Equal(
            ["app", "buildpacks", "source.json", "sources"],
            Directory.GetFileSystemEntries(source.Folder).Select(Path.GetFileName).Order()
        );
    }

    [Fact]
    public async Task Links_out_of_the_repository_are_refused_as_those_of_archives_are()
    {
        server.Commit("shop", ("Procfile", "web: x"));
        File.CreateSymbolicLink(Path.Combine(server.PathOf("shop"), "evil"), "/etc/passwd");
        server.Commit("shop");
        Assert.Contains("the source's link evil points outside of the app", await RefusalAsync(Url), StringComparison.Ordinal);
        Assert.False(Directory.Exists(source.App));
    }

    [Fact]
    public async Task What_does_not_exist_says_so()
    {
        server.Commit("shop", ("Procfile", "web: x"));
        Assert.Contains("has no branch or tag nope", await RefusalAsync($"{Url}#nope"), StringComparison.Ordinal);
        Assert.Contains("there is no public git repository at", await RefusalAsync($"git+{server.Url}/git/none"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inside_address_is_never_asked()
    {
        using var careful = new SourceTreeFixture();
        var refusal = await Assert.ThrowsAsync<SourceException>(() => careful.FetchAsync(Url));
        Assert.Contains("its address is not a public one", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("git+file:///etc")]
    [InlineData("git+ssh://git@code.example/shop")]
    [InlineData("git+ext::sh -c id")]
    [InlineData("git+https://me:secret@code.example/shop")]
    [InlineData("git+https://code.example/shop#--upload-pack=id")]
    [InlineData("git+https://code.example/shop#a..b")]
    [InlineData("git+https://code.example/sh op")]
    [InlineData("git+")]
    public async Task What_is_no_public_repository_is_never_asked(string url) =>
        Assert.Equal("the source has no valid URL", await RefusalAsync(url));

    private async Task<string> RefusalAsync(string url) =>
        (await Assert.ThrowsAsync<SourceException>(() => source.FetchAsync(url))).Message;
}
