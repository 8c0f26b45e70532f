namespace NeetoDeploy.Builder.Tests.Buildpacks;

public sealed class GitBuildpackTests : IAsyncLifetime
{
    private ChosenBuildpackFixture fixture = null!;

    private string Url => $"{fixture.Server.Url}/git/mine";

    public async ValueTask InitializeAsync() => fixture = await ChosenBuildpackFixture.StartAsync();

    public ValueTask DisposeAsync()
    {
        fixture.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_reference_is_a_branch_a_tag_or_a_commit_and_none_is_the_default_branch()
    {
        var first = Commit("first");
        fixture.Server.Git("mine", "tag", "v1");
        fixture.Server.Git("mine", "tag", "-a", "-m", "x", "annotated");
        fixture.Server.Git("mine", "branch", "old");
        var second = Commit("second");

        foreach (
            var (reference, commit, text) in new[]
            {
                ("", second, "second"),
                ("#v1", first, "first"),
                ("#annotated", first, "first"),
                ("#old", first, "first"),
                ($"#{first}", first, "first"),
            }
        )
        {
            await fixture.BuildAsync(Url + reference);
            Assert.Equal(text, fixture.Read(0, $"git_mine/{commit[..12]}/bin/compile"));
            Assert.Contains(
                $"id = \"git/mine\"\nversion = \"{commit[..12]}\"\nsource = \"{Url}{reference}\"\n",
                fixture.Order,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task It_is_mounted_read_only_beside_the_bundled_ones()
    {
        Commit("x");
        await fixture.BuildAsync("heroku/nodejs", Url);
        var mount = Assert.Single(fixture.Mounts);
        Assert.Equal(("/fetched/1", true), (mount.Path, mount.ReadOnly));
        Assert.EndsWith(
            "-buildpacks /buildpacks:/fetched/1:/cnb/buildpacks -order /layers/order.toml -system /layers/system.toml",
            fixture.Command,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"       1. heroku/nodejs (neeto/nodejs 1.0.0)\n       2. {Url} (git/mine ",
            fixture.Builder.Output.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_commit_is_fetched_once_and_a_branch_is_followed()
    {
        Commit("first");
        await fixture.BuildAsync(Url);
        var fetches = Fetches();
        Assert.True(fetches > 0);
        await fixture.BuildAsync(Url);
        Assert.Equal(fetches, Fetches());

        var second = Commit("second");
        await fixture.BuildAsync(Url);
        Assert.Equal("second", fixture.Read(0, $"git_mine/{second[..12]}/bin/compile"));

        var asked = fixture.Server.Requests.Count;
        await fixture.BuildAsync($"{Url}#{second}");
        Assert.Equal(asked, fixture.Server.Requests.Count);
    }

    [Fact]
    public async Task A_moved_repository_is_found()
    {
        Commit("x");
        fixture.Server.Redirects["/old"] = Url;
        await fixture.BuildAsync($"{fixture.Server.Url}/old");
        Assert.Single(fixture.Mounts);
    }

    [Fact]
    public async Task What_attributes_leave_out_of_archives_is_there_and_submodules_are_not()
    {
        fixture.Server.Commit("other", ("secret", "s"));
        Commit("x");
        fixture.Server.Git("mine", "submodule", "--quiet", "add", fixture.Server.PathOf("other"), "sub");
        var commit = fixture.Server.Commit("mine", (".gitattributes", "lib export-ignore\n"), ("lib/x.sh", "lib"));
        await fixture.BuildAsync(Url);
        Assert.Equal("lib", fixture.Read(0, $"git_mine/{commit[..12]}/lib/x.sh"));
        Assert.Null(fixture.Read(0, $"git_mine/{commit[..12]}/sub/secret"));
    }

    [Fact]
    public async Task An_unknown_reference_says_so()
    {
        Commit("x");
        Assert.Equal(
            $"the buildpack {Url}#nope cannot be used: the repository {Url} has no branch or tag nope (a commit needs all of its 40 digits)",
            await fixture.RefusalAsync($"{Url}#nope")
        );
    }

    [Fact]
    public async Task A_commit_that_is_not_there_says_so()
    {
        Commit("x");
        Assert.Contains("git could not fetch it", await fixture.RefusalAsync($"{Url}#{new string('a', 40)}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/git/none", "there is no public git repository at")]
    [InlineData("/page", "there is no git repository at")]
    public async Task What_is_no_repository_says_so(string path, string reason)
    {
        fixture.Server.Files["/page/info/refs"] = "<html>"u8.ToArray();
        Assert.Contains(reason, await fixture.RefusalAsync(fixture.Server.Url + path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_without_a_buildpack_says_so()
    {
        fixture.Server.Commit("mine", ("README", "x"));
        Assert.Contains(
            "it holds neither bin/compile (a classic buildpack) nor a buildpack.toml",
            await fixture.RefusalAsync(Url),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_private_address_is_not_asked()
    {
        using var careful = await ChosenBuildpackFixture.StartAsync(allowPrivate: false);
        Assert.Contains(
            "its address is not a public one",
            await careful.RefusalAsync($"{careful.Server.Url}/git/mine"),
            StringComparison.Ordinal
        );
        Assert.Empty(careful.Server.Requests);
    }

    [Fact]
    public async Task One_that_is_too_large_is_refused()
    {
        using var small = await ChosenBuildpackFixture.StartAsync(adjust: o =>
            o with
            {
                Sources = new SourceLimits { ArchiveBytes = 1024 * 1024, UnpackedBytes = 1024 * 1024 },
            }
        );
        small.Server.Commit("packed", ("bin/compile", "x"), ("zeroes", new string('0', 3_000_000)));
        Assert.Contains("larger than 1 MB", await small.RefusalAsync($"{small.Server.Url}/git/packed"), StringComparison.Ordinal);
        var noise = new byte[3_000_000];
        new Random(1).NextBytes(noise);
        small.Server.Commit("noisy", ("bin/compile", "x"), ("noise", Convert.ToBase64String(noise)));
        Assert.Contains("git could not fetch it", await small.RefusalAsync($"{small.Server.Url}/git/noisy"), StringComparison.Ordinal);
    }

    private int Fetches() => fixture.Server.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal));

    private string Commit(string compile) => fixture.Server.Commit("mine", ("bin/detect", ""), ("bin/compile", compile));
}
