using NeetoDeploy.Api.Contracts.Apps;
using NeetoDeploy.Cli.Sessions;

namespace NeetoDeploy.Cli.Commands.Git;

/// <summary>The remote by which a checkout reaches its app, and the helper that knows the password.</summary>
internal sealed class GitRemote(Surroundings around)
{
    public const string Name = "neeto";

    private readonly GitCheckout checkout = new(around.Folder);

    /// <summary>Sets it up; false when the folder is no checkout.</summary>
    public async Task<bool> SetAsync(AppResource app, CancellationToken cancel)
    {
        if (await checkout.TryRunAsync(["rev-parse", "--git-dir"], cancel) is null)
            return false;
        var host = new Uri(app.GitUrl).GetLeftPart(UriPartial.Authority);
        await checkout.TryRunAsync(["config", $"credential.{host}.helper", $"!{Program} git:credentials"], cancel);
        return await checkout.SetRemoteAsync(Name, app.GitUrl, cancel);
    }

    /// <summary>How git shall call us: the script that the user called, by its whole path.</summary>
    private string Program =>
        around.Variable("NEETO_SCRIPT") is { Length: > 0 } script ? $"'{script.Replace("'", @"'\''", StringComparison.Ordinal)}'" : "neeto";
}
