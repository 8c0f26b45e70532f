using System.Collections.Immutable;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>Where buildpacks may come from besides git.</summary>
public sealed class BuildpackSourceTests : IAsyncLifetime
{
    private const string Native = "api = \"0.10\"\n[buildpack]\nid = \"x/native\"\nversion = \"1.2.3\"\n";
    private ChosenBuildpackFixture fixture = null!;

    public async ValueTask InitializeAsync() => fixture = await ChosenBuildpackFixture.StartAsync();

    public ValueTask DisposeAsync()
    {
        fixture.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("")]
    [InlineData("heroku-buildpack-x-main/")]
    public async Task An_archive_has_its_buildpack_at_the_top_or_in_one_folder(string top)
    {
        Serve("/mine.tgz", (top + "bin/compile", "compile"), (top + "bin/detect", ""));
        await fixture.BuildAsync(fixture.Server.Url + "/mine.tgz");
        Assert.Contains("id = \"classic/mine\"\n", fixture.Order, StringComparison.Ordinal);
        Assert.Equal("compile", File.ReadAllText(Path.Combine(Only("classic_mine"), "bin/compile")));
    }

    [Fact]
    public async Task An_archive_that_has_changed_is_another_buildpack()
    {
        Serve("/mine.tgz", ("bin/compile", "one"));
        await fixture.BuildAsync(fixture.Server.Url + "/mine.tgz");
        var first = fixture.Mounts;
        await fixture.BuildAsync(fixture.Server.Url + "/mine.tgz");
        Assert.Equal(first, fixture.Mounts);
        Serve("/mine.tgz", ("bin/compile", "two"));
        await fixture.BuildAsync(fixture.Server.Url + "/mine.tgz");
        Assert.Equal("two", File.ReadAllText(Path.Combine(Only("classic_mine"), "bin/compile")));
    }

    [Fact]
    public async Task What_a_classic_buildpack_does_not_publish_is_left_out()
    {
        Serve(
            "/mine.tgz",
            ("bin/compile", ""),
            ("test/run", ""),
            ("test/app/Gemfile", ""),
            ("lib/x", ""),
            ("lib/Gemfile", ""),
            ("buildpack.toml", "[publish.Ignore]\nfiles = [\"test/\", \"Gemfile\"]\n")
        );
        await fixture.BuildAsync(fixture.Server.Url + "/mine.tgz");
        Assert.Equal(
            ["bin", "buildpack.toml", "lib"],
            Directory.GetFileSystemEntries(Only("classic_mine")).Select(Path.GetFileName).Order()
        );
        Assert.Equal(["x"], Directory.GetFiles(Path.Combine(Only("classic_mine"), "lib")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_name_that_is_not_bundled_is_looked_for_in_the_classic_registry()
    {
        Serve("/classic/heroku-community/apt.tgz", ("bin/compile", "apt"));
        await fixture.BuildAsync("heroku-community/apt");
        Assert.Equal("apt", File.ReadAllText(Path.Combine(Only("heroku-community_apt"), "bin/compile")));
        fixture.Builder.Sandboxes.Started.Clear();
        Assert.Equal(
            "the buildpack heroku-community/none cannot be used: the source's server answered 404",
            await fixture.RefusalAsync("heroku-community/none")
        );
    }

    [Theory]
    [InlineData("heroku/nodejs", true)]
    [InlineData("https://github.com/heroku/heroku-buildpack-nodejs", true)]
    [InlineData("https://github.com/heroku/heroku-buildpack-nodejs.git", true)]
    [InlineData("https://github.com/heroku/heroku-buildpack-nodejs#main", false)]
    public void Heroku_s_own_means_the_bundled_one_unless_a_reference_is_given(string text, bool isBundled)
    {
        var bundled = new NeetoDeploy.Builder.Buildpacks.BundledBuildpacks(Path.Combine(fixture.Builder.Folder, "cnb"));
        var source = NeetoDeploy.Core.Buildpacks.BuildpackSource.Parse(text).Value;
        Assert.Equal(isBundled ? "neeto/nodejs" : null, bundled.Find(text, source)?.Id);
    }

    [Fact]
    public async Task A_package_brings_the_buildpacks_that_it_is_composed_of()
    {
        fixture.Server.Files["/mine.cnb"] = Composite().File();
        await fixture.BuildAsync(fixture.Server.Url + "/mine.cnb");
        AssertComposite();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/v2/")]
    public async Task An_image_is_pulled_from_a_registry_with_the_token_that_it_asks_for(string? guarded)
    {
        Composite().Push(fixture.Server, "x/all", "2");
        fixture.Server.Files["/token"] = """{"token":"t0ken"}"""u8.ToArray();
        fixture.Server.Guarded = guarded;
        await fixture.BuildAsync($"docker://{fixture.Server.Host}/x/all:2");
        AssertComposite();
    }

    [Fact]
    public async Task A_registered_name_is_the_image_that_the_index_names()
    {
        var package = Composite();
        package.Push(fixture.Server, "x/all", "unused");
        fixture.Server.Files["/index/al/l-/x_all-of-it"] = System.Text.Encoding.UTF8.GetBytes(
            $$"""
            {"ns":"x","name":"all-of-it","version":"1.9.0","yanked":false,"addr":"{{fixture.Server.Host}}/x/gone@{{package.Index}}"}
            {"ns":"x","name":"all-of-it","version":"1.10.0","yanked":false,"addr":"{{fixture.Server.Host}}/x/all@{{package.Index}}"}
            {"ns":"x","name":"all-of-it","version":"2.0.0","yanked":true,"addr":"{{fixture.Server.Host}}/x/gone@{{package.Index}}"}

            """
        );
        await fixture.BuildAsync("urn:cnb:registry:x/all-of-it");
        AssertComposite();
        await fixture.BuildAsync("urn:cnb:registry:x/all-of-it@1.10.0");
        fixture.Builder.Sandboxes.Started.Clear();
        Assert.Contains(
            "does not have version 3.0.0",
            await fixture.RefusalAsync("urn:cnb:registry:x/all-of-it@3.0.0"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_registry_that_cannot_be_reached_says_so()
    {
        using var offline = await ChosenBuildpackFixture.StartAsync(adjust: o =>
            o with
            {
                BuildpackIndex = new Uri("http://127.0.0.1:1/index"),
            }
        );
        Assert.Matches(
            "^the buildpack urn:cnb:registry:x/y cannot be used: the source could not be fetched from 127.0.0.1: ",
            await offline.RefusalAsync("urn:cnb:registry:x/y")
        );
    }

    [Fact]
    public async Task A_damaged_package_is_refused()
    {
        var package = Composite();
        package.Damage();
        fixture.Server.Files["/mine.cnb"] = package.File();
        Assert.Contains(
            "is not what its checksum says",
            await fixture.RefusalAsync(fixture.Server.Url + "/mine.cnb"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(null, "no label io.buildpacks.buildpackage.metadata")]
    [InlineData("x/other@1", "does not hold the buildpack x/other 1")]
    [InlineData("../../etc@1", "cannot be used")]
    [InlineData("x/y@../1", "cannot be used")]
    public async Task An_image_that_is_no_package_is_refused(string? label, string reason)
    {
        fixture.Server.Files["/mine.cnb"] = new BuildpackPackages(label, ("x/native", "1.2.3", Native)).File();
        Assert.Contains(reason, await fixture.RefusalAsync(fixture.Server.Url + "/mine.cnb"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_the_app_is_a_buildpack()
    {
        var job = fixture.Builder.Job(Archives.File("server.js", "1"), Archives.File("buildpacks/mine/bin/compile", "", executable: true));
        await fixture.Builder.BuildAsync(job with { Buildpacks = [new("./buildpacks/mine")] });
        Assert.Equal("/fetched/1/app_mine/source", Assert.Single(fixture.Mounts).Path);
        Assert.Contains("-buildpacks /buildpacks:/fetched/1:/cnb/buildpacks", fixture.Command, StringComparison.Ordinal);
        fixture.Builder.Sandboxes.Started.Clear();
        Assert.Contains("the app has no such folder", await fixture.RefusalAsync("./none"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://x.test/y")]
    [InlineData("https://x.test/y.zip")]
    public async Task What_cannot_be_named_is_refused_by_its_name(string text) =>
        Assert.StartsWith($"'{text}' is ", await fixture.RefusalAsync(text));

    [Fact]
    public async Task Old_apps_name_their_buildpacks_by_a_config_var_or_a_file()
    {
        Serve("/one.tgz", ("bin/compile", ""));
        Serve("/two.tgz", ("bin/compile", ""));
        var (one, two) = (fixture.Server.Url + "/one.tgz", fixture.Server.Url + "/two.tgz");
        var job = fixture.Builder.Job(Archives.File(".buildpacks", $"# ours\n{one}\n\n  {two}  \nurn:buildpack:heroku/nodejs\n"));

        await fixture.Builder.BuildAsync(job);
        Assert.Equal(["classic/one", "classic/two", "neeto/nodejs", "neeto/procfile"], Ids());

        var withVariable = job with { Environment = ImmutableSortedDictionary<string, string>.Empty.Add("BUILDPACK_URL", two) };
        await fixture.Builder.BuildAsync(withVariable);
        Assert.Equal(["classic/two", "neeto/procfile"], Ids());

        await fixture.Builder.BuildAsync(withVariable with { Buildpacks = [new BuildpackRef("heroku/nodejs")] });
        Assert.Equal(["neeto/nodejs", "neeto/procfile"], Ids());
    }

    private static BuildpackPackages Composite() =>
        new(
            "x/all@1.0.0",
            (
                "x/all",
                "1.0.0",
                "api = \"0.10\"\n[buildpack]\nid = \"x/all\"\nversion = \"1.0.0\"\n[[order]]\n[[order.group]]\nid = \"x/native\"\nversion = \"1.2.3\"\n"
            ),
            ("x/native", "1.2.3", Native)
        );

    private void AssertComposite()
    {
        Assert.Contains("id = \"x/all\"\nversion = \"1.0.0\"\n", fixture.Order, StringComparison.Ordinal);
        Assert.Equal(Native, fixture.Read(0, "x_native/1.2.3/buildpack.toml"));
        Assert.Equal("build", fixture.Read(0, "x_native/1.2.3/bin/detect"));
    }

    private void Serve(string path, params (string Name, string Text)[] files) =>
        fixture.Server.Files[path] = Archives.Gzip(Archives.Tar(files.Select(f => Archives.File(f.Name, f.Text, executable: true))));

    /// <summary>The folder of the only version of a buildpack.</summary>
    private string Only(string buildpack) =>
        Assert.Single(Directory.GetDirectories(Path.Combine(Assert.Single(fixture.Mounts).HostPath, buildpack)));

    private IEnumerable<string> Ids() =>
        fixture.Order.Split('\n').Where(l => l.StartsWith("id = ", StringComparison.Ordinal)).Select(l => l["id = ".Length..].Trim('"'));
}
