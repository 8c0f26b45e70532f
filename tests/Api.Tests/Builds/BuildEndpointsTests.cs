using System.Text.Json.Nodes;
using NeetoDeploy.Api.Tests.Host;
using NeetoDeploy.Drivers.Fake.Builds;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Api.Tests.Builds;

public sealed class BuildEndpointsTests(ApiFixture api)
{
    [Fact]
    public async Task A_build_ends_in_a_release_whose_slug_can_be_looked_up()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();

        var build = await me.DeployAsync(app);

        var release = await me.GetAsync($"/apps/{app}/releases/{build["release"]!["id"]}");
        Assert.Equal(3, (int)release.Json["version"]!);
        Assert.True((bool)release.Json["eligible_for_rollback"]!);
        var slug = await me.GetAsync($"/apps/{app}/slugs/{release.Json["slug"]!["id"]}");
        Assert.Equal("1a2b3c4d5e6f", (string?)slug.Json["commit"]);
        Assert.Equal((string?)build["slug"]!["id"], (string?)slug.Json["id"]);
        Assert.Equal(404, (await me.GetAsync($"/apps/{app}/slugs/{Guid.NewGuid()}")).Status);
    }

    [Fact]
    public async Task A_build_has_buildpacks_and_a_version_of_its_own_and_the_app_keeps_its_own()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        const string Source =
            """{"url":"https://example.com/app.tgz","checksum":"SHA256:ab","version":"v1.3","version_description":"the third"}""";

        var build = await me.PostAsync(
            $"/apps/{app}/builds",
            $$"""{"source_blob":{{Source}},"buildpacks":[{"url":"https://example.com/buildpack.git"}]}"""
        );

        Assert.Equal(201, build.Status);
        Assert.Equal("https://example.com/buildpack.git", (string?)Assert.Single(build.Json["buildpacks"]!.AsArray())!["url"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Source), build.Json["source_blob"]), build.Text);
        Assert.Empty((await me.GetAsync($"/apps/{app}/buildpack-installations")).Json.AsArray());
    }

    [Fact]
    public async Task A_rollback_is_a_new_release_of_the_old_slug_and_config()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        var built = (string)(await me.DeployAsync(app))["release"]!["id"]!;
        await me.PatchAsync($"/apps/{app}/config-vars", """{"BROKEN":"1"}""");

        var rollback = await me.PostAsync($"/apps/{app}/releases", $$"""{"release":"{{built}}"}""");

        Assert.Equal((201, 5), (rollback.Status, (int)rollback.Json["version"]!));
        Assert.Equal("Rollback to v3", (string?)rollback.Json["description"]);
        Assert.Equal("{}", (await me.GetAsync($"/apps/{app}/config-vars")).Text);
    }

    [Fact]
    public async Task Builds_are_listed_and_found_by_id()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        var build = await me.DeployAsync(app);

        Assert.Equal([(string?)build["id"]], (await me.GetAsync($"/apps/{app}/builds")).Json.AsArray().Select(row => (string?)row!["id"]));
        Assert.Equal(404, (await me.GetAsync($"/apps/{app}/builds/{Guid.NewGuid()}")).Status);
        Assert.Equal(404, (await me.GetAsync($"/apps/{app}/builds/newest")).Status);
    }

    [Fact]
    public async Task A_build_that_has_ended_cannot_be_cancelled()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        var build = await me.DeployAsync(app);

        var refused = await me.DeleteAsync($"/apps/{app}/builds/{build["id"]}");

        Assert.Equal((409, "conflict"), (refused.Status, refused.Id));
        Assert.Equal(404, (await me.DeleteAsync($"/apps/{app}/builds/{Guid.NewGuid()}")).Status);
    }

    [Fact]
    public async Task A_builds_details_are_its_phases_layers_and_reasons()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        var build = await me.DeployAsync(app);

        var details = (await me.GetAsync($"/apps/{app}/builds/{build["id"]}/details")).Json;

        Assert.Equal((string?)build["id"], (string?)details["build"]!["id"]);
        Assert.Equal(
            ["prepare", "detect", "analyze", "restore", "build", "export", "pull"],
            details["phases"]!.AsArray().Select(phase => (string?)phase!["name"])
        );
        Assert.All(details["phases"]!.AsArray(), phase => Assert.Equal(10, (int)phase!["milliseconds"]!));
        var image = details["image"]!;
        Assert.Equal(
            (1000, 100, 960, "app"),
            ((int)image["size"]!, (int)image["uploaded"]!, (int)image["previous_size"]!, (string?)image["grown_layer"])
        );
        Assert.Equal(
            ["neeto/fake:runtime 900 True", "app 100 False"],
            image["layers"]!.AsArray().Select(layer => $"{layer!["name"]} {layer["size"]} {(bool)layer["reused"]!}")
        );
        Assert.Equal("neeto_fake/runtime/sbom.cdx.json", (string?)Assert.Single(image["sboms"]!.AsArray()));
        var miss = Assert.Single(details["cache"]!.AsArray())!;
        Assert.Equal(
            ("notes-changed", "neeto/fake:runtime was made anew: key: 1 → 2"),
            ((string?)miss["reason"], (string?)miss["message"])
        );
        Assert.Equal(404, (await me.GetAsync($"/apps/{app}/builds/{Guid.NewGuid()}/details")).Status);
    }

    [Fact]
    public async Task A_rebase_is_a_release_of_the_same_code_and_none_when_there_is_nothing_to_do()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        var deployed = await me.DeployAsync(app);

        var nothing = await RebaseAsync();
        Assert.Equal(("succeeded", null), ((string?)nothing["status"], nothing["slug"]));
        Assert.Equal((string?)deployed["release"]!["id"], (string?)nothing["release"]!["id"]);

        api.Builder.RunImage = FakeBuildDriver.RunImageOf(2);
        var build = await RebaseAsync();
        var release = (await me.GetAsync($"/apps/{app}/releases/{build["release"]!["id"]}")).Json;
        Assert.Equal(
            (4, $"Rebase onto neeto-12 ({api.Builder.RunImage.Digest.Hex[..12]})"),
            ((int)release["version"]!, (string?)release["description"])
        );
        var slug = (await me.GetAsync($"/apps/{app}/slugs/{build["slug"]!["id"]}")).Json;
        Assert.Equal("1a2b3c4d5e6f", (string?)slug["commit"]);
        Assert.Equal("rebase:", (string?)build["source_blob"]!["url"]);

        async Task<JsonNode> RebaseAsync()
        {
            var started = await me.PostAsync($"/apps/{app}/builds", """{"source_blob":{"url":"rebase:"}}""");
            Assert.True(started.Status == 201, $"{started}");
            return (
                await Eventually.SeesAsync(
                    "the rebase has ended",
                    () => me.GetAsync($"/apps/{app}/builds/{started.Json["id"]}"),
                    build => (string?)build.Json["status"] != "pending"
                )
            ).Json;
        }
    }

    [Fact]
    public async Task The_build_cache_can_be_forgotten()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        var id = (string?)(await me.GetAsync($"/apps/{app}")).Json["id"];

        Assert.Equal(202, (await me.DeleteAsync($"/apps/{app}/build-cache")).Status);

        Assert.Contains(id, api.Builder.Purged.Select(purged => purged.ToString()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"source_blob":{}}""")]
    [InlineData("""{"source_blob":{"url":"file:///etc/shadow"}}""")]
    [InlineData("""{"source_blob":{"url":"/etc/shadow"}}""")]
    [InlineData("""{"source_blob":{"url":"not a url"}}""")]
    [InlineData("""{"source_blob":{"url":"rebase:now"}}""")]
    [InlineData("""{"source_blob":{"url":"https://example.com/a.tgz"},"buildpacks":[{}]}""")]
    public async Task What_cannot_be_built_is_refused(string json)
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();

        Assert.Equal(422, (await me.PostAsync($"/apps/{app}/builds", json)).Status);
        Assert.Equal("[]", (await me.GetAsync($"/apps/{app}/builds")).Text);
    }

    [Fact]
    public async Task Builds_of_another_app_are_not_found_under_this_one()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        var build = (string)(await me.DeployAsync(app))["id"]!;

        Assert.Equal(404, (await me.GetAsync($"/apps/{await me.CreateAppAsync()}/builds/{build}")).Status);
    }
}
