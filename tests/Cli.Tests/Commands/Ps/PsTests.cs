using System.Text.Json;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Ps;

public sealed class PsTests
{
    [Fact]
    public async Task Ps_shows_the_dynos()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On(
            "GET /apps/shop/dynos",
            [Examples.Dyno(), Examples.Dyno("worker.1", "node \e[2Jworker.js\n--all")],
            ApiJson.Default.DynoResourceArray
        );

        // A Procfile is its author's: nothing in it may move the cursor or begin another row.
        (await Neeto.RunAsync(edge, "ps", "-a", "shop")).Shows(
            """
            DYNO      STATE  SIZE         RELEASE  SINCE                COMMAND
            web.1     up     Standard-1X  v12      2026-01-31 12:00:00  node server.js
            worker.1  up     Standard-1X  v12      2026-01-31 12:00:00  node [2Jworker.js --all
            """
        );
        (await Neeto.RunAsync(edge, "ps", "-a", "shop", "--json")).ShowsJson(
            JsonSerializer.Serialize(
                [Examples.Dyno(), Examples.Dyno("worker.1", "node \e[2Jworker.js\n--all")],
                ApiJson.Default.DynoResourceArray
            )
        );
    }

    [Fact]
    public async Task Scale_without_changes_shows_the_formation()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On(
            "GET /apps/shop/formation",
            [Examples.Formation(), Examples.Formation("worker", 0)],
            ApiJson.Default.FormationResourceArray
        );

        (await Neeto.RunAsync(edge, "ps:scale", "-a", "shop")).Shows(
            """
            TYPE    QUANTITY  SIZE         COMMAND
            web     2         Standard-1X  node server.js
            worker  0         Standard-1X  node server.js
            """
        );
    }

    [Fact]
    public async Task Scale_sends_quantities_and_sizes_as_they_were_typed()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("PATCH /apps/shop/formation", [Examples.Formation()], ApiJson.Default.FormationResourceArray);

        (await Neeto.RunAsync(edge, "ps:scale", "-a", "shop", "web=2", "worker=+1:Standard-2X", "--json")).ShowsJson(
            JsonSerializer.Serialize([Examples.Formation()], ApiJson.Default.FormationResourceArray)
        );

        var request = JsonSerializer.Deserialize(edge.Single("PATCH /apps/shop/formation").Text, ApiJson.Default.ScaleRequest)!;
        Assert.Equal(
            [("web", "2", null), ("worker", "+1", "Standard-2X")],
            request.Updates!.Select(update => (update.Type, update.Quantity, update.Size))
        );
    }

    [Theory, InlineData("web"), InlineData("=2"), InlineData("web=")]
    public async Task Scale_explains_what_a_change_looks_like(string change)
    {
        await using var edge = await ScriptedEdge.StartAsync();

        (await Neeto.RunAsync(edge, "ps:scale", "-a", "shop", change)).Fails(
            2,
            $"""
            Error: '{change}' is not TYPE=QUANTITY or TYPE=QUANTITY:SIZE.
            For example: neeto ps:scale web=2
            """
        );
    }

    [Theory]
    [InlineData(null, "DELETE /apps/shop/dynos", "Restarting all dynos of shop.")]
    [InlineData("web.1", "DELETE /apps/shop/dynos/web.1", "Restarting web.1 of shop.")]
    [InlineData("web", "DELETE /apps/shop/formations/web", "Restarting web of shop.")]
    public async Task Restart_takes_all_one_or_a_type(string? selection, string asked, string said)
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On(asked, 202, "{}");
        string[] line = selection is null ? ["ps:restart", "-a", "shop"] : ["ps:restart", selection, "-a", "shop"];

        (await Neeto.RunAsync(edge, line)).Shows(said);
        (await Neeto.RunAsync(edge, [.. line, "--json"])).ShowsJson("{}");
    }

    [Theory]
    [InlineData("run.4711", "POST /apps/shop/dynos/run.4711/actions/stop")]
    [InlineData("web", "POST /apps/shop/formations/web/actions/stop")]
    public async Task Stop_takes_one_or_a_type(string selection, string asked)
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On(asked, 202, "{}");

        (await Neeto.RunAsync(edge, "ps:stop", selection, "-a", "shop")).Shows($"Stopping {selection} of shop.");
        (await Neeto.RunAsync(edge, "ps:stop", selection, "-a", "shop", "--json")).ShowsJson("{}");
    }
}
