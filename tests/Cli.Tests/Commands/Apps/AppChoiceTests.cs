using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Apps;

/// <summary>Which app a command is about.</summary>
public sealed class AppChoiceTests
{
    [Fact]
    public async Task The_option_goes_before_the_variable_and_the_variable_before_the_checkout()
    {
        using var folder = await CheckoutAsync(("neeto", "https://localhost:5443/from-git.git"));

        Assert.Equal("GET /apps/from-option", await AskedAsync(folder, "from-variable", "-a", "from-option"));
        Assert.Equal("GET /apps/from-variable", await AskedAsync(folder, "from-variable"));
        Assert.Equal("GET /apps/from-git", await AskedAsync(folder, null));
    }

    [Fact]
    public async Task The_remote_heroku_serves_too_and_others_do_not()
    {
        using var folder = await CheckoutAsync(
            ("heroku", "https://localhost:5443/shop.git"),
            ("origin", "https://git.example.com/ann/site.git")
        );

        Assert.Equal("GET /apps/shop", await AskedAsync(folder, null));
    }

    [Fact]
    public async Task Two_remotes_of_two_apps_are_a_question()
    {
        using var folder = await CheckoutAsync(
            ("neeto", "https://localhost:5443/shop.git"),
            ("heroku", "https://localhost:5443/staging.git")
        );
        await using var edge = await ScriptedEdge.StartAsync();

        (await Neeto.SignedIn(edge, folder.Path).RunAsync("ps")).Fails(
            2,
            """
            Error: This folder's git remotes lead to several apps: shop, staging.
            Choose one with --app NAME.
            """
        );
    }

    [Fact]
    public async Task A_known_git_host_finds_its_remotes_whatever_their_names()
    {
        using var folder = await CheckoutAsync(
            ("production", "https://localhost:5443/shop.git"),
            ("neeto", "https://elsewhere.example.com/other.git")
        );
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop", Examples.App(), ApiJson.Default.AppResource);
        var neeto = Neeto.SignedIn(edge, folder.Path);
        neeto.Variables["HEROKU_GIT_HOST"] = "localhost:5443";

        await neeto.RunAsync("info");

        Assert.Equal("GET /apps/shop", Assert.Single(edge.Requests).Line);
    }

    [Fact]
    public async Task No_sign_of_an_app_is_a_usage_error()
    {
        using var folder = new TempFolder();
        await using var edge = await ScriptedEdge.StartAsync();

        (await Neeto.SignedIn(edge, folder.Path).RunAsync("ps")).Fails(
            2,
            """
            Error: Which app?
            Name it with --app NAME, or set NEETO_APP.
            """
        );
    }

    [Fact]
    public async Task A_name_is_escaped_and_stays_one_segment()
    {
        using var folder = new TempFolder();

        Assert.Equal("GET /apps/..%2Faccount", await AskedAsync(folder, null, "-a", "../account"));
    }

    private static async Task<TempFolder> CheckoutAsync(params (string Name, string Url)[] remotes)
    {
        var folder = new TempFolder();
        await RealGit.RunAsync(folder.Path, "init", "-q");
        foreach (var (name, url) in remotes)
            await RealGit.RunAsync(folder.Path, "remote", "add", name, url);
        return folder;
    }

    private static async Task<string> AskedAsync(TempFolder folder, string? variable, params string[] options)
    {
        await using var edge = await ScriptedEdge.StartAsync();
        var neeto = Neeto.SignedIn(edge, folder.Path);
        if (variable is not null)
            neeto.Variables["NEETO_APP"] = variable;
        await neeto.RunAsync(["info", .. options]);
        return edge.Requests[0].Line;
    }
}
