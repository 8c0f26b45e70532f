using NeetoDeploy.Api.Contracts.Errors;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Apps;

public sealed class CreateTests
{
    private static readonly ErrorResource Taken = new("invalid_params", "Name shop is already taken", "app.name_taken");

    [Fact]
    public async Task Outside_a_checkout_the_next_step_is_deploy()
    {
        using var folder = new TempFolder();
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("POST /apps", Examples.App(), ApiJson.Default.AppResource, 201);

        var result = await Neeto.SignedIn(edge, folder.Path).RunAsync("create", "shop", "--stack", "neeto-12");

        Assert.Equal("http://shop.localhost:8080/ | https://localhost:5443/shop.git\n", result.Output);
        Assert.Equal("Next: neeto deploy -a shop FOLDER\n", result.Error);
        Assert.Equal("""{"name":"shop","region":null,"stack":"neeto-12"}""", edge.Single("POST /apps").Text);
    }

    [Fact]
    public async Task In_a_checkout_the_remote_and_the_credential_helper_are_set()
    {
        using var folder = new TempFolder();
        await RealGit.RunAsync(folder.Path, "init", "-q");
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("POST /apps", Examples.App(), ApiJson.Default.AppResource, 201);

        var result = await Neeto.SignedIn(edge, folder.Path).RunAsync("create", "shop");

        Assert.Equal("Next: git push neeto main\n", result.Error);
        Assert.Equal("https://localhost:5443/shop.git\n", await RealGit.RunAsync(folder.Path, "remote", "get-url", "neeto"));
        Assert.Equal("!neeto git:credentials\n", await RealGit.RunAsync(folder.Path, "config", "credential.https://localhost:5443.helper"));
    }

    [Fact]
    public async Task No_remote_leaves_the_checkout_alone()
    {
        using var folder = new TempFolder();
        await RealGit.RunAsync(folder.Path, "init", "-q");
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("POST /apps", Examples.App(), ApiJson.Default.AppResource, 201);

        await Neeto.SignedIn(edge, folder.Path).RunAsync("create", "shop", "--no-remote");

        Assert.Equal("", await RealGit.RunAsync(folder.Path, "remote"));
    }

    [Fact]
    public async Task A_taken_name_is_refused()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.Refuse("POST /apps", 422, Taken);

        (await Neeto.RunAsync(edge, "create", "shop")).Fails(1, "Error: Name shop is already taken");
    }

    [Fact]
    public async Task With_exist_ok_an_app_that_is_there_is_as_good()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.Refuse("POST /apps", 422, Taken).On("GET /apps", [Examples.App()], ApiJson.Default.AppResourceArray);

        var result = await Neeto.RunAsync(edge, "create", "shop", "--exist-ok");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("http://shop.localhost:8080/ | https://localhost:5443/shop.git\n", result.Output);
    }

    [Fact]
    public async Task With_exist_ok_somebody_elses_app_is_not()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.Refuse("POST /apps", 422, Taken).On("GET /apps", [Examples.App("other")], ApiJson.Default.AppResourceArray);

        (await Neeto.RunAsync(edge, "create", "shop", "--exist-ok")).Fails(1, "Error: Name shop is already taken");
    }
}
