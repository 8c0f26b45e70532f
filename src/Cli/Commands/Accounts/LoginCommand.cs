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
    private readonly Option<bool> tokenStdin = new("--token-stdin") { Description = "Read the token from standard input instead of asking." };
    private readonly Option<string?> authority = new("--ca-file") { Description = "A PEM file of certificate authorities to trust besides the machine's own." };

    public LoginCommand()
        : base("login", "Signs in to an installation with a token, and keeps it for this user.")
    {
        Add(url);
        Add(tokenStdin);
        Add(authority);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, CancellationToken cancel)
    {
        var address = call.Get(url) ?? Ask("API address: ");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
            throw new CliException(ExitCode.Usage, $"'{address}' is not an address like https://api.example.com.");
        var token = call.Get(tokenStdin) ? (await Console.In.ReadToEndAsync(cancel)).Trim() : AskSecretly("Token: ");
        var login = new Login(parsed.GetLeftPart(UriPartial.Authority), token, call.Get(authority) is { } file ? Path.GetFullPath(file) : null);
        using var api = new ApiClient(login);
        var account = await api.GetAsync("/account", ApiJson.Default.AccountResource, cancel);
        login.Save();
        return call.Show(account, ApiJson.Default.AccountResource, () => call.Screen.Line($"Signed in to {login.Url} as {account.Email}."));
    }

    private static string Ask(string question)
    {
        RequireTerminal();
        return AnsiConsole.Ask<string>(question);
    }

    private static string AskSecretly(string question)
    {
        RequireTerminal();
        return AnsiConsole.Prompt(new TextPrompt<string>(question).Secret());
    }

    private static void RequireTerminal()
    {
        if (Console.IsInputRedirected)
            throw new CliException(ExitCode.Usage, "There is nobody to ask.", "Use: neeto login --url URL --token-stdin");
    }
}
