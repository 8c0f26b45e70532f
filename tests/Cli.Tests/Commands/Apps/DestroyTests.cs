using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Apps;

public sealed class DestroyTests
{
    [Fact]
    public async Task With_the_name_twice_the_app_goes()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("DELETE /apps/shop", Examples.App(), ApiJson.Default.AppResource);

        (await Neeto.RunAsync(edge, "destroy", "-a", "shop", "--confirm", "shop")).Shows("shop is destroyed.");
    }

    [Fact]
    public async Task Another_name_destroys_nothing()
    {
        await using var edge = await ScriptedEdge.StartAsync();

        (await Neeto.RunAsync(edge, "destroy", "-a", "shop", "--confirm", "shoe")).Fails(
            2,
            """
            Error: 'shoe' is not 'shop'; nothing was destroyed.
            To destroy it: neeto destroy -a shop --confirm shop
            """
        );

        Assert.Empty(edge.Requests);
    }

    [Fact]
    public async Task Without_a_terminal_nobody_is_asked()
    {
        await using var edge = await ScriptedEdge.StartAsync();

        (await Neeto.RunAsync(edge, "destroy", "-a", "shop")).Fails(
            2,
            """
            Error: This destroys shop and all it has.
            To do it: neeto destroy -a shop --confirm shop
            """
        );

        Assert.Empty(edge.Requests);
    }

    [Fact]
    public async Task On_a_terminal_the_name_is_asked_for()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("DELETE /apps/shop", Examples.App(), ApiJson.Default.AppResource);
        var neeto = Neeto.SignedIn(edge, input: "shop\n", isTerminal: true);

        var result = await neeto.RunAsync("destroy", "-a", "shop");

        Assert.Equal("This destroys shop: its releases, config vars, domains and logs. Type its name to go on:\n", result.Error);
        Assert.Equal("shop is destroyed.\n", result.Output);
    }
}
