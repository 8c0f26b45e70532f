using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.Http;

/// <summary>What every route does alike.</summary>
public sealed class MannersTests(ApiFixture api)
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer \"; DROP TABLE tokens; --")]
    [InlineData("Basic d3Jvbmc=")]
    [InlineData("Basic Ondyb25n")]
    [InlineData("Negotiate abc")]
    public async Task Without_a_valid_token_the_answer_is_401(string? authorization)
    {
        var answer = await api.ClientThatSays(authorization).GetAsync("/account");

        Assert.Equal((401, "unauthorized"), (answer.Status, answer.Id));
    }

    [Theory]
    [InlineData("application/vnd.heroku+json; version=3", 200)]
    [InlineData("application/vnd.heroku+json; version=3.sdk", 200)]
    [InlineData("application/vnd.heroku+json; version=3.review-apps", 200)]
    [InlineData("application/vnd.heroku+json;version=3", 200)]
    [InlineData("application/vnd.heroku+json; version=2", 406)]
    [InlineData("application/vnd.heroku+json; version=30", 406)]
    [InlineData("application/json", 406)]
    [InlineData("*/*", 406)]
    public async Task The_accept_header_must_ask_for_version_3(string accept, int status)
    {
        var me = await api.NewAccountAsync();

        var answer = await me.SendAsync("GET", "/account", null, ("Accept", accept));

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task The_clients_request_ids_come_back_before_our_own()
    {
        var me = await api.NewAccountAsync();

        var answer = await me.SendAsync("GET", "/account", null, ("Request-Id", "one,two"));

        Assert.Matches("^one,two,[0-9a-f-]{36}$", answer.Headers["Request-Id"]);
    }

    [Theory]
    [InlineData("GET", "/nothing/here")]
    [InlineData("GET", "/")]
    [InlineData("DELETE", "/apps")]
    [InlineData("PUT", "/account")]
    public async Task An_unknown_route_is_404_as_json(string method, string path)
    {
        var answer = await (await api.NewAccountAsync()).SendAsync(method, path, null);

        Assert.Equal((404, "not_found"), (answer.Status, answer.Id));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("UPPER")]
    [InlineData("a b")]
    [InlineData("a;b")]
    [InlineData("$(id)")]
    [InlineData("a/../b")]
    [InlineData("..")]
    [InlineData("-abc")]
    [InlineData("abc-")]
    [InlineData("a\nb")]
    [InlineData("ünïcode")]
    [InlineData("this-name-is-longer-than-thirty-characters")]
    public async Task A_bad_app_name_is_refused_on_creation_and_not_found_in_a_path(string name)
    {
        var me = await api.NewAccountAsync();

        var refused = await me.PostAsync("/apps", $$"""{"name":{{System.Text.Json.JsonSerializer.Serialize(name)}}}""");
        var missing = await me.GetAsync($"/apps/x{Uri.EscapeDataString(name)}x-x-x/config-vars");

        Assert.Equal((422, "app.invalid_name"), (refused.Status, (string?)refused.Json["code"]));
        Assert.Equal(404, missing.Status);
    }

    [Fact]
    public async Task An_escaped_slash_stays_in_its_part_of_the_path()
    {
        var answer = await api.ClientThatSays(null).GetAsync("/buildpacks/heroku%2Fnodejs");

        Assert.Equal("urn:buildpack:heroku/nodejs", (string?)answer.Json["blob_url"]);
    }

    [Theory]
    [InlineData("/addons")]
    [InlineData("/teams")]
    [InlineData("/pipelines")]
    [InlineData("/spaces")]
    [InlineData("/account/features")]
    [InlineData("/addon-services")]
    public async Task What_the_installation_does_not_have_is_an_empty_list(string path) =>
        Assert.Equal("[]", (await (await api.NewAccountAsync()).GetAsync(path)).Text);

    [Fact]
    public async Task Stacks_and_regions_are_described()
    {
        var me = await api.NewAccountAsync();

        var stacks = (await me.GetAsync("/stacks")).Json.AsArray();
        Assert.Equal(["container", "neeto-12"], stacks.Select(stack => (string)stack!["name"]!).Order());
        Assert.Equal(200, (await me.GetAsync("/stacks/neeto-12")).Status);
        Assert.Equal(404, (await me.GetAsync("/stacks/heroku-24")).Status);
        Assert.Equal("local", (string?)(await me.GetAsync("/regions")).Json[0]!["name"]);
        Assert.Equal(200, (await me.GetAsync("/regions/local")).Status);
        Assert.Equal(404, (await me.GetAsync("/regions/us")).Status);
    }
}
