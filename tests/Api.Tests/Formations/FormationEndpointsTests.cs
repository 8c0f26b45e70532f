using NeetoDeploy.Api.Tests.Host;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Api.Tests.Formations;

public sealed class FormationEndpointsTests(ApiFixture api)
{
    [Fact]
    public async Task A_new_app_has_no_formation()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();

        Assert.Equal("[]", (await me.GetAsync($"/apps/{app}/formation")).Text);
        Assert.Equal("[]", (await me.GetAsync($"/apps/{app}/dynos")).Text);
    }

    [Fact]
    public async Task Quantities_are_numbers_or_text_and_may_be_relative()
    {
        var me = await api.NewAccountAsync();
        var app = await DeployedAsync(me);

        Assert.Equal((2, "Standard-1X"), Web(await ScaleAsync(me, app, """{"type":"web","quantity":2}""")));
        Assert.Equal((3, "Standard-1X"), Web(await ScaleAsync(me, app, """{"type":"web","quantity":"+1"}""")));
        Assert.Equal((2, "Standard-2X"), Web(await ScaleAsync(me, app, """{"type":"web","quantity":"-1","size":"standard-2x"}""")));
        Assert.Equal((2, "Basic"), Web(await ScaleAsync(me, app, """{"type":"web","dyno_size":{"name":"basic"}}""")));
    }

    [Fact]
    public async Task One_process_type_is_changed_by_its_name_or_id()
    {
        var me = await api.NewAccountAsync();
        var app = await DeployedAsync(me);
        var web = await me.GetAsync($"/apps/{app}/formation/web");

        var changed = await me.PatchAsync($"/apps/{app}/formation/{web.Json["id"]}", """{"quantity":3}""");

        Assert.Equal(3, (int)changed.Json["quantity"]!);
        Assert.Equal(3, (int)(await me.GetAsync($"/apps/{app}/formation/web")).Json["quantity"]!);
        Assert.Equal(404, (await me.GetAsync($"/apps/{app}/formation/nothing")).Status);
        Assert.Equal(404, (await me.PatchAsync($"/apps/{app}/formation/nothing", """{"quantity":3}""")).Status);
    }

    [Fact]
    public async Task An_image_that_exists_is_released_for_its_process_type_and_the_others_keep_theirs()
    {
        var me = await api.NewAccountAsync();
        var app = await DeployedAsync(me);

        var first = await ReleaseAsync("""{"type":"web","docker_image":"shop:1"},{"type":"worker","docker_image":"shop:jobs"}""");
        Assert.Matches(@"\ADeployed web \([0-9a-f]{12}\), worker \([0-9a-f]{12}\)\z", first);
        var second = await ReleaseAsync("""{"type":"web","docker_image":"shop:2","quantity":2}""");
        Assert.Matches(@"\ADeployed web \([0-9a-f]{12}\)\z", second);
        var formation = await Eventually.SeesAsync(
            "two web dynos are wanted, and worker is still there",
            () => me.GetAsync($"/apps/{app}/formation"),
            seen => seen.Json.AsArray().Count == 2
        );
        Assert.Equal(2, (int)formation.Json.AsArray().Single(row => (string?)row!["type"] == "web")!["quantity"]!);

        async Task<string?> ReleaseAsync(string updates)
        {
            var answer = await me.PatchAsync($"/apps/{app}/formation", $$"""{"updates":[{{updates}}]}""");
            Assert.True(answer.Status == 200, $"{answer}");
            return (string?)(await me.GetAsync($"/apps/{app}/releases")).Json.AsArray()[^1]!["description"];
        }
    }

    [Theory]
    [InlineData("""{"updates":[{"type":"nothing","quantity":1}]}""", 404)]
    [InlineData("""{"updates":[{"type":"web","quantity":"-9"}]}""", 422)]
    [InlineData("""{"updates":[{"type":"web","quantity":"many"}]}""", 422)]
    [InlineData("""{"updates":[{"type":"web","quantity":1.5}]}""", 422)]
    [InlineData("""{"updates":[{"type":"web","quantity":99999999999}]}""", 422)]
    [InlineData("""{"updates":[{"type":"web","size":"gigantic"}]}""", 422)]
    [InlineData("""{"updates":[{"type":"web","docker_image":"no such image"}]}""", 422)]
    [InlineData("""{"updates":[{"quantity":1}]}""", 422)]
    [InlineData("""{"updates":[null]}""", 422)]
    [InlineData("""{"updates":{}}""", 422)]
    [InlineData("{}", 422)]
    [InlineData("""{"updates":[{"type":"web","quantity":5},{"type":"nothing","quantity":1}]}""", 404)]
    public async Task A_change_that_cannot_be_made_changes_nothing(string json, int status)
    {
        var me = await api.NewAccountAsync();
        var app = await DeployedAsync(me);
        var before = (await me.GetAsync($"/apps/{app}/formation")).Text;

        Assert.Equal(status, (await me.PatchAsync($"/apps/{app}/formation", json)).Status);
        Assert.Equal(before, (await me.GetAsync($"/apps/{app}/formation")).Text);
    }

    /// <summary>An app with a formation.</summary>
    private static async Task<string> DeployedAsync(ApiClient me)
    {
        var app = await me.CreateAppAsync();
        await me.DeployAsync(app);
        await Eventually.SeesAsync(
            "the formation has a web process",
            () => me.GetAsync($"/apps/{app}/formation"),
            formation => formation.Json.AsArray().Count > 0
        );
        return app;
    }

    private static async Task<ApiAnswer> ScaleAsync(ApiClient me, string app, string update)
    {
        var scaled = await me.PatchAsync($"/apps/{app}/formation", $$"""{"updates":[{{update}}]}""");
        Assert.True(scaled.Status == 200, $"{scaled}");
        return scaled;
    }

    private static (int, string) Web(ApiAnswer formation)
    {
        var web = formation.Json.AsArray().Single(process => (string?)process!["type"] == "web")!;
        return ((int)web["quantity"]!, (string)web["size"]!);
    }
}
