using NeetoDeploy.Api.Contracts.Accounts;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Http;
using NeetoDeploy.Cli.Output;
using NeetoDeploy.Cli.Sessions;

namespace NeetoDeploy.Cli.Commands.Accounts;

/// <summary>Signs in by the user's browser: this program begins a login, the user consents to it there, and the program gets a token of its own.</summary>
internal static class BrowserLogin
{
    /// <summary>Longer than the installation waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(11);

    /// <param name="call">Where the address is shown.</param>
    /// <param name="nobody">The installation, with no token yet.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="CliException">Nobody has consented.</exception>
    public static async Task<Login> RunAsync(Invocation call, Login nobody, CancellationToken cancel)
    {
        var begun = await BeginAsync(nobody, cancel);
        var page = new Uri(new Uri(nobody.Url), begun.BrowserUrl).ToString();
        call.Screen.Note("Open this page, and let neeto sign in:");
        call.Screen.Note($"  {page}");
        // On a machine without a desktop, the user's browser is on another.
        if ((call.Around.Variable("DISPLAY") ?? call.Around.Variable("WAYLAND_DISPLAY")) is { Length: > 0 })
            Browser.TryOpen(page);
        using var api = new ApiClient(nobody with { Token = begun.Token }, Patience);
        var outcome = await call.Screen.WorkAsync(
            "Waiting for your consent",
            () => api.GetAsync(begun.CliUrl, ApiJson.Default.LoginOutcomeResource, cancel)
        );
        return outcome.AccessToken is { } token
            ? nobody with
            {
                Token = token,
            }
            : throw new CliException(ExitCode.Denied, outcome.Error ?? "Nobody has consented.", "Sign in with 'neeto login'.");
    }

    private static async Task<LoginResource> BeginAsync(Login nobody, CancellationToken cancel)
    {
        using var api = new ApiClient(nobody);
        return await api.SendAsync(
            HttpMethod.Post,
            "/auth",
            new BeginLoginRequest($"neeto on {Environment.MachineName}"),
            ApiJson.Default.BeginLoginRequest,
            ApiJson.Default.LoginResource,
            cancel
        );
    }
}
