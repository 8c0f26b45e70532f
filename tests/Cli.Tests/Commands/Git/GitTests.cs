using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Git;

public sealed class GitTests
{
    [Fact]
    public async Task Remote_sets_the_remote_whether_or_not_it_is_there()
    {
        using var folder = new TempFolder();
        await RealGit.RunAsync(folder.Path, "init", "-q");
        await RealGit.RunAsync(folder.Path, "remote", "add", "neeto", "https://elsewhere.example.com/old.git");
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop", Examples.App(), ApiJson.Default.AppResource);

        (await Neeto.SignedIn(edge, folder.Path).RunAsync("git:remote", "-a", "shop")).Shows("neeto is https://localhost:5443/shop.git");

        Assert.Equal("https://localhost:5443/shop.git\n", await RealGit.RunAsync(folder.Path, "remote", "get-url", "neeto"));
    }

    [Fact]
    public async Task The_helper_is_the_script_that_the_user_called()
    {
        using var folder = new TempFolder();
        await RealGit.RunAsync(folder.Path, "init", "-q");
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop", Examples.App(), ApiJson.Default.AppResource);
        var neeto = Neeto.SignedIn(edge, folder.Path);
        neeto.Variables["NEETO_SCRIPT"] = "/home/ann's/neeto";

        await neeto.RunAsync("git:remote", "-a", "shop");

        Assert.Equal(
            "!'/home/ann'\\''s/neeto' git:credentials\n",
            await RealGit.RunAsync(folder.Path, "config", "credential.https://localhost:5443.helper")
        );
    }

    [Fact]
    public async Task Outside_a_checkout_remote_says_what_else_there_is()
    {
        using var folder = new TempFolder();
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop", Examples.App(), ApiJson.Default.AppResource);

        (await Neeto.SignedIn(edge, folder.Path).RunAsync("git:remote", "-a", "shop")).Fails(
            1,
            """
            Error: This folder is no git checkout.
            Make it one with 'git init', or deploy the folder as it is: neeto deploy
            """
        );
    }

    [Fact]
    public async Task Credentials_answers_get_in_gits_form()
    {
        await using var edge = await ScriptedEdge.StartAsync();

        var result = await Neeto.SignedIn(edge, input: "protocol=https\nhost=localhost:5443\n\n").RunAsync("git:credentials", "get");

        Assert.Equal($"username=neeto\npassword={Neeto.Token}\n", result.Output);
    }

    [Theory, InlineData("store"), InlineData("erase")]
    public async Task Credentials_keeps_silent_to_the_rest(string operation)
    {
        await using var edge = await ScriptedEdge.StartAsync();

        var result = await Neeto.SignedIn(edge, input: "protocol=https\n\n").RunAsync("git:credentials", operation);

        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
    }
}
