using NeetoDeploy.Api.Tests.Host;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Api.Tests.Dynos;

public sealed class DynoEndpointsTests(ApiFixture api)
{
    [Fact]
    public async Task A_deployed_app_has_dynos_that_are_found_by_name_and_id()
    {
        var me = await api.NewAccountAsync();
        var app = await RunningAsync(me);

        var web = await me.GetAsync($"/apps/{app}/dynos/web.1");

        Assert.Equal(("web", "web.1", 3), ((string)web.Json["type"]!, (string)web.Json["name"]!, (int)web.Json["release"]!["version"]!));
        Assert.Equal(200, (await me.GetAsync($"/apps/{app}/dynos/{web.Json["id"]}")).Status);
        Assert.Equal(404, (await me.GetAsync($"/apps/{app}/dynos/web.9")).Status);
    }

    [Theory]
    [InlineData("DELETE", "dynos")]
    [InlineData("DELETE", "dynos/web.1")]
    [InlineData("DELETE", "formations/web")]
    [InlineData("POST", "dynos/web.1/actions/stop")]
    [InlineData("POST", "formations/web/actions/stop")]
    public async Task A_restart_or_stop_puts_another_dyno_in_the_place(string method, string path)
    {
        var me = await api.NewAccountAsync();
        var app = await RunningAsync(me);
        var before = (string)(await me.GetAsync($"/apps/{app}/dynos/web.1")).Json["id"]!;

        var accepted = await me.SendAsync(method, $"/apps/{app}/{path}", null);

        Assert.Equal((202, "{}"), (accepted.Status, accepted.Text));
        await Eventually.SeesAsync(
            "web.1 is another dyno",
            () => me.GetAsync($"/apps/{app}/dynos/web.1"),
            dyno => dyno.Status == 200 && (string?)dyno.Json["id"] != before
        );
    }

    [Theory]
    [InlineData("DELETE", "dynos/nothing.1")]
    [InlineData("DELETE", "formations/nothing")]
    [InlineData("POST", "dynos/nothing.1/actions/stop")]
    [InlineData("POST", "formations/nothing/actions/stop")]
    public async Task A_dyno_that_is_not_there_is_not_found(string method, string path)
    {
        var me = await api.NewAccountAsync();
        Assert.Equal(404, (await me.SendAsync(method, $"/apps/{await me.CreateAppAsync()}/{path}", null)).Status);
    }

    [Fact]
    public async Task A_detached_run_has_a_name_of_its_own()
    {
        var me = await api.NewAccountAsync();
        var app = await RunningAsync(me);

        var run = await me.PostAsync(
            $"/apps/{app}/dynos",
            """{"command":"rake db:migrate; echo $HOME","attach":false,"size":"standard-2x"}"""
        );

        Assert.Equal(201, run.Status);
        Assert.Matches(@"^run\.\d+$", (string?)run.Json["name"]);
        Assert.Equal(("Standard-2X", "rake db:migrate; echo $HOME"), ((string)run.Json["size"]!, (string)run.Json["command"]!));
        Assert.Null(run.Json["attach_url"]);
    }

    [Fact]
    public async Task An_attached_run_says_where_to_attach()
    {
        var me = await api.NewAccountAsync();
        var app = await RunningAsync(me);

        var run = await me.PostAsync(
            $"/apps/{app}/dynos",
            """{"command":"bash","attach":true,"env":{"TERM":"xterm","COLUMNS":120,"LINES":"40"},"force_no_tty":null}"""
        );

        Assert.Equal(201, run.Status);
        Assert.StartsWith("rendezvous://", (string?)run.Json["attach_url"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", 422)]
    [InlineData("""{"command":""}""", 422)]
    [InlineData("""{"command":"a\u0000b"}""", 422)]
    [InlineData("""{"command":"bash","type":"a b"}""", 422)]
    [InlineData("""{"command":"bash","size":"gigantic"}""", 422)]
    [InlineData("""{"command":["bash"]}""", 422)]
    public async Task What_cannot_be_run_is_refused(string json, int status)
    {
        var me = await api.NewAccountAsync();
        var app = await RunningAsync(me);
        Assert.Equal(status, (await me.PostAsync($"/apps/{app}/dynos", json)).Status);
    }

    [Fact]
    public async Task Nothing_can_be_run_before_the_first_deploy()
    {
        var me = await api.NewAccountAsync();
        var refused = await me.PostAsync($"/apps/{await me.CreateAppAsync()}/dynos", """{"command":"bash"}""");
        Assert.Equal((409, "release.no_image"), (refused.Status, (string?)refused.Json["code"]));
    }

    private static async Task<string> RunningAsync(ApiClient me)
    {
        var app = await me.CreateAppAsync();
        await me.DeployAsync(app);
        await Eventually.SeesAsync("web.1 is there", () => me.GetAsync($"/apps/{app}/dynos/web.1"), dyno => dyno.Status == 200);
        return app;
    }
}
