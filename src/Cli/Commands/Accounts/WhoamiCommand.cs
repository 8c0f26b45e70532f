using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Accounts;

/// <summary><c>whoami</c></summary>
internal sealed class WhoamiCommand : CliCommand
{
    public WhoamiCommand()
        : base("whoami", "Says who you are here.") { }

    protected override async Task<int> ExecuteAsync(Invocation call, CancellationToken cancel)
    {
        var account = await call.Api.GetAsync("/account", ApiJson.Default.AccountResource, cancel);
        return call.Show(account, ApiJson.Default.AccountResource, () => call.Screen.Line(account.Email));
    }
}
