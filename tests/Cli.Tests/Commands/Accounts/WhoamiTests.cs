using System.Text.Json;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Accounts;

public sealed class WhoamiTests
{
    [Fact]
    public async Task Whoami_is_the_accounts_address()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /account", Examples.Account(), ApiJson.Default.AccountResource);

        (await Neeto.RunAsync(edge, "whoami")).Shows("ann@example.com");
        (await Neeto.RunAsync(edge, "whoami", "--json")).ShowsJson(
            JsonSerializer.Serialize(Examples.Account(), ApiJson.Default.AccountResource)
        );
    }
}
