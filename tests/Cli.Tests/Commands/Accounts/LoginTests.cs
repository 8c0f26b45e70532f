using NeetoDeploy.Api.Contracts.Accounts;
using NeetoDeploy.Api.Contracts.Errors;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Accounts;

public sealed class LoginTests : IDisposable
{
    private readonly TempFolder home = new();

    private string LoginFile => home["neeto/login.json"];

    [Fact]
    public async Task Login_keeps_the_token_for_this_user_alone()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /account", Examples.Account(), ApiJson.Default.AccountResource);

        (await SignInAsync(edge)).Shows($"Signed in to {edge.Url} as ann@example.com.");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LoginFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(home["neeto"]));
        (await SignedOut().RunAsync("whoami")).Shows("ann@example.com");
        Assert.All(edge.Requests, request => Assert.Equal("Bearer secret", request.Header("Authorization")));
    }

    [Fact]
    public async Task A_file_that_others_could_read_is_replaced_by_one_they_cannot()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /account", Examples.Account(), ApiJson.Default.AccountResource);
        home.Write("neeto/login.json", "{}");
        File.SetUnixFileMode(LoginFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        await SignInAsync(edge);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LoginFile));
    }

    [Fact]
    public async Task A_wrong_token_is_not_kept()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.Refuse("GET /account", 401, new ErrorResource("unauthorized", "Invalid credentials provided."));

        (await SignInAsync(edge)).Fails(
            4,
            """
            Error: Invalid credentials provided.
            Sign in with 'neeto login', or set NEETO_TOKEN.
            """
        );

        Assert.False(File.Exists(LoginFile));
    }

    [Fact]
    public async Task A_browser_signs_in_and_the_program_keeps_a_token_of_its_own()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("POST /auth", new LoginResource("/auth/browser/x/y", "/auth/cli/x/y", "waits"), ApiJson.Default.LoginResource, 201);
        edge.On("GET /auth/cli/x/y", new LoginOutcomeResource("secret", Error: null), ApiJson.Default.LoginOutcomeResource);
        edge.On("GET /account", Examples.Account(), ApiJson.Default.AccountResource);

        var result = await AtATerminal().RunAsync("login", "--url", edge.Url);

        Assert.Contains($"  {edge.Url}/auth/browser/x/y\n", result.Error, StringComparison.Ordinal);
        Assert.Equal($"Signed in to {edge.Url} as ann@example.com.\n", result.Output);
        Assert.Null(edge.Single("POST /auth").Header("Authorization"));
        Assert.Equal("Bearer waits", edge.Single("GET /auth/cli/x/y").Header("Authorization"));
        (await SignedOut().RunAsync("whoami")).Shows("ann@example.com");
        Assert.Equal("Bearer secret", edge.Requests[^1].Header("Authorization"));
    }

    [Fact]
    public async Task Where_nobody_consents_nothing_is_kept()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("POST /auth", new LoginResource("/auth/browser/x/y", "/auth/cli/x/y", "waits"), ApiJson.Default.LoginResource, 201);
        edge.On("GET /auth/cli/x/y", new LoginOutcomeResource(AccessToken: null, "Too late."), ApiJson.Default.LoginOutcomeResource);

        var result = await AtATerminal().RunAsync("login", "--url", edge.Url);

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("Error: Too late.", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(LoginFile));
    }

    [Fact]
    public async Task Without_a_terminal_nobody_is_asked() =>
        (await SignedOut().RunAsync("login", "--url", "http://127.0.0.1:1")).Fails(
            2,
            """
            Error: There is nobody to ask.
            Use: neeto login --url URL --token-stdin
            """
        );

    [Fact]
    public async Task An_address_must_be_one() =>
        (await SignedOut("secret").RunAsync("login", "--url", "example.com", "--token-stdin")).Fails(
            2,
            "Error: 'example.com' is not an address like https://api.example.com."
        );

    [Fact]
    public async Task An_empty_token_is_none() =>
        (await SignedOut("\n").RunAsync("login", "--url", "http://127.0.0.1:1", "--token-stdin")).Fails(
            2,
            """
            Error: The token is empty.
            Use: neeto login --url URL --token-stdin < FILE
            """
        );

    [Fact]
    public async Task The_environment_goes_before_the_file()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /account", Examples.Account(), ApiJson.Default.AccountResource);
        await SignInAsync(edge);
        var neeto = SignedOut();
        (neeto.Variables["NEETO_URL"], neeto.Variables["NEETO_TOKEN"]) = (edge.Url, "another");

        await neeto.RunAsync("whoami");

        Assert.Equal("Bearer another", edge.Requests[^1].Header("Authorization"));
    }

    [Fact]
    public async Task An_address_without_a_token_is_half_a_login()
    {
        var neeto = SignedOut();
        neeto.Variables["NEETO_URL"] = "http://127.0.0.1:1";

        (await neeto.RunAsync("whoami")).Fails(
            4,
            """
            Error: NEETO_URL and NEETO_TOKEN go together, and only one of them is set.
            Set both, or neither to use what 'neeto login' stores.
            """
        );
    }

    [Fact]
    public async Task Signed_out_every_command_says_how_to_sign_in() =>
        (await SignedOut().RunAsync("apps")).Fails(
            4,
            """
            Error: Not signed in to an installation.
            Start one on this machine with 'neeto up', or sign in to another with 'neeto login'.
            """
        );

    [Theory, InlineData("{"), InlineData("{}"), InlineData("null")]
    public async Task A_damaged_file_is_named(string text)
    {
        home.Write("neeto/login.json", text);

        (await SignedOut().RunAsync("whoami")).Fails(
            4,
            $"""
            Error: {LoginFile} is damaged.
            Sign in again with 'neeto login'.
            """
        );
    }

    [Fact]
    public async Task Logout_forgets()
    {
        home.Write("neeto/login.json", "{}");

        Assert.Equal("Signed out.\n", (await SignedOut().RunAsync("logout")).Error);
        Assert.False(File.Exists(LoginFile));
        Assert.Equal("Nobody was signed in.\n", (await SignedOut().RunAsync("logout")).Error);
    }

    public void Dispose() => home.Dispose();

    private Task<CliResult> SignInAsync(ScriptedEdge edge) =>
        SignedOut("secret\n").RunAsync("login", "--url", $"{edge.Url}/", "--token-stdin");

    private Neeto AtATerminal() => new() { Variables = { ["XDG_CONFIG_HOME"] = home.Path, ["NO_COLOR"] = "1" }, IsTerminal = true };

    private Neeto SignedOut(string input = "") => new() { Variables = { ["XDG_CONFIG_HOME"] = home.Path }, Input = input };
}
