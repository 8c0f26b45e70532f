using System.CommandLine;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Http;
using NeetoDeploy.Cli.Sessions;
using Spectre.Console;

namespace NeetoDeploy.Cli.Commands.Accounts;

/// <summary><c>login</c></summary>
internal sealed class LoginCommand : CliCommand
{
    private readonly Option<string?> url = new("--url") { Description = "The installation's API, such as https://api.example.com" };
    private readonly Option<bool> tokenStdin = new("--token-stdin")
    {
        Arity = ArgumentArity.Zero,
        Description = "Read a token from standard input instead of asking in a browser.",
    };
    private readonly Option<string?> authority = new("--ca-file")
    {
        Description = "A PEM file of certificate authorities to trust besides the machine's own.",
    };

    public LoginCommand()
        : base("login", "Signs in to an installation by your browser, and keeps that for this user.")
    {
        Add(url);
        Add(tokenStdin);
        Add(authority);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, CancellationToken cancel)
    {
        var address = Login.ParseUrl(call.Get(url) ?? Ask(call, "API address: "));
        var authorityFile = call.Get(authority) is { } file ? Path.GetFullPath(file, call.Around.Folder) : null;
        var nobody = new Login(address, Token: "", authorityFile);
        var login = call.Get(tokenStdin)
            ? nobody with
            {
                Token = await ReadTokenAsync(call, cancel),
            }
            : await AskAsync(call, nobody, cancel);
        using var api = new ApiClient(login);
        var account = await api.GetAsync("/account", ApiJson.Default.AccountResource, cancel);
        call.Logins.Save(login);
        return call.Show(account, ApiJson.Default.AccountResource, () => call.Screen.Line($"Signed in to {login.Url} as {account.Email}."));
    }

    private static string Ask(Invocation call, string question)
    {
        RequireTerminal(call);
        return AnsiConsole.Ask<string>(question);
    }

    private static async Task<string> ReadTokenAsync(Invocation call, CancellationToken cancel) =>
        (await call.Around.Input().ReadToEndAsync(cancel)).Trim() is { Length: > 0 } token
            ? token
            : throw new CliException(ExitCode.Usage, "The token is empty.", "Use: neeto login --url URL --token-stdin < FILE");

    private static Task<Login> AskAsync(Invocation call, Login nobody, CancellationToken cancel)
    {
        RequireTerminal(call);
        return BrowserLogin.RunAsync(call, nobody, cancel);
    }

    private static void RequireTerminal(Invocation call)
    {
        if (!call.Around.IsInputTerminal)
            throw new CliException(ExitCode.Usage, "There is nobody to ask.", "Use: neeto login --url URL --token-stdin");
    }
}
