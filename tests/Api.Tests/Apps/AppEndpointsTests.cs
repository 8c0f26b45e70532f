using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.Apps;

public sealed class AppEndpointsTests(ApiFixture api)
{
    [Fact]
    public async Task A_new_app_is_found_by_its_name_and_by_its_id()
    {
        var me = await api.NewAccountAsync();
        var name = await me.CreateAppAsync();

        var byName = await me.GetAsync($"/apps/{name}");
        var byId = await me.GetAsync($"/apps/{byName.Json["id"]}");

        Assert.Equal(200, byName.Status);
        Assert.Equal(byName.Text, byId.Text);
        Assert.Equal($"http://{name}.apps.localhost:8080/", (string?)byName.Json["web_url"]);
        Assert.Equal($"https://localhost:{api.TlsPort}/{name}.git", (string?)byName.Json["git_url"]);
        Assert.Equal(me.Email, (string?)byName.Json["owner"]!["email"]);
        Assert.Equal("neeto-12", (string?)byName.Json["stack"]!["name"]);
        Assert.Equal("cedar", (string?)byName.Json["generation"]!["name"]);
    }

    [Fact]
    public async Task An_app_without_a_name_gets_one()
    {
        var me = await api.NewAccountAsync();

        var created = await me.PostAsync("/apps", "{}");

        Assert.Equal(201, created.Status);
        Assert.Equal(200, (await me.GetAsync($"/apps/{created.Json["name"]}")).Status);
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        var me = await api.NewAccountAsync();
        var name = await me.CreateAppAsync();

        var second = await (await api.NewAccountAsync()).PostAsync("/apps", $$"""{"name":"{{name}}"}""");

        Assert.Equal((422, "invalid_params"), (second.Status, second.Id));
        Assert.Equal("app.name_taken", (string?)second.Json["code"]);
    }

    [Fact]
    public async Task A_renamed_app_answers_to_its_new_name_only()
    {
        var me = await api.NewAccountAsync();
        var name = await me.CreateAppAsync();

        var renamed = await me.PatchAsync($"/apps/{name}", $$"""{"name":"{{name}}x"}""");

        Assert.Equal(200, renamed.Status);
        Assert.Equal(200, (await me.GetAsync($"/apps/{name}x")).Status);
        Assert.Equal(404, (await me.GetAsync($"/apps/{name}")).Status);
    }

    [Fact]
    public async Task Maintenance_and_the_stack_of_the_next_build_can_be_changed()
    {
        var me = await api.NewAccountAsync();
        var name = await me.CreateAppAsync();

        var changed = await me.PatchAsync($"/apps/{name}", """{"maintenance":true,"build_stack":"neeto-13"}""");

        Assert.True((bool)changed.Json["maintenance"]!);
        Assert.Equal("neeto-13", (string?)changed.Json["build_stack"]!["name"]);
        Assert.Equal("stack.unknown", (string?)(await me.PatchAsync($"/apps/{name}", """{"build_stack":"cedar-14"}""")).Json["code"]);
    }

    [Fact]
    public async Task A_destroyed_app_is_gone_at_once()
    {
        var me = await api.NewAccountAsync();
        var name = await me.CreateAppAsync();

        Assert.Equal(200, (await me.DeleteAsync($"/apps/{name}")).Status);

        var gone = await me.GetAsync($"/apps/{name}");
        Assert.Equal((404, "not_found", "app"), (gone.Status, gone.Id, (string?)gone.Json["resource"]));
        Assert.Empty((await me.GetAsync("/users/~/apps")).Json.AsArray());
    }

    [Theory]
    [InlineData("""{"region":"mars"}""")]
    [InlineData("""{"stack":"cedar-14"}""")]
    public async Task What_the_installation_does_not_have_is_refused(string json) =>
        Assert.Equal(422, (await (await api.NewAccountAsync()).PostAsync("/apps", json)).Status);

    [Fact]
    public async Task Whoever_asks_for_a_region_of_heroku_is_told_where_the_app_is()
    {
        var created = await (await api.NewAccountAsync()).PostAsync("/apps", """{"region":"us"}""");

        Assert.Equal((201, "local"), (created.Status, (string?)created.Json["region"]!["name"]));
        Assert.Contains("local", created.Headers["X-Heroku-Warning"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_apps_are_found_by_id_and_those_of_others_are_left_out()
    {
        var me = await api.NewAccountAsync();
        var other = await api.NewAccountAsync();
        var mine = (string?)(await me.GetAsync($"/apps/{await me.CreateAppAsync()}")).Json["id"];
        var theirs = (string?)(await other.GetAsync($"/apps/{await other.CreateAppAsync()}")).Json["id"];

        var found = await me.PostAsync("/filters/apps", $$$"""{"in":{"id":["{{{mine}}}","{{{theirs}}}","{{{Guid.NewGuid()}}}"]}}""");

        Assert.Equal([mine], found.Json.AsArray().Select(app => (string?)app!["id"]));
    }
}
