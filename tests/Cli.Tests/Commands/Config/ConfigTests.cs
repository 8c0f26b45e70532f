using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Config;

public sealed class ConfigTests
{
    private const string Vars = """{"PORT":"80","GREETING":"grüß \u001b]0;title\u0007dich+<>"}""";

    [Fact]
    public async Task Config_lists_by_name_and_makes_control_characters_harmless()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop/config-vars", 200, Vars);

        (await Neeto.RunAsync(edge, "config", "-a", "shop")).Shows(
            """
            GREETING=grüß ]0;titledich+<>
            PORT=80
            """
        );
        (await Neeto.RunAsync(edge, "config", "-a", "shop", "--json")).ShowsJson(Vars);
    }

    [Fact]
    public async Task Json_stays_readable()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop/config-vars", 200, Vars);

        (await Neeto.RunAsync(edge, "config:get", "GREETING", "-a", "shop", "--json")).Shows(
            """
            {
              "GREETING": "grüß \u001B]0;title\u0007dich+<>"
            }
            """
        );
    }

    [Fact]
    public async Task Get_prints_the_bare_value()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop/config-vars", 200, Vars);

        (await Neeto.RunAsync(edge, "config:get", "PORT", "-a", "shop")).Shows("80");
    }

    [Fact]
    public async Task Get_of_a_missing_name_says_where_to_look()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop/config-vars", 200, Vars);

        (await Neeto.RunAsync(edge, "config:get", "HOST", "-a", "shop")).Fails(
            3,
            """
            Error: shop has no config var HOST.
            'neeto config -a shop' lists them.
            """
        );
    }

    [Fact]
    public async Task Set_sends_all_in_one_patch_and_never_prints_a_value()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("PATCH /apps/shop/config-vars", 200, Vars);

        (await Neeto.RunAsync(edge, "config:set", "-a", "shop", "URL=postgres://u:p@db/x?a=b", "EMPTY=")).Shows(
            "Set URL, EMPTY on shop; it restarts."
        );

        Assert.Equal("""{"URL":"postgres://u:p@db/x?a=b","EMPTY":""}""", edge.Single("PATCH /apps/shop/config-vars").Text);
    }

    [Fact]
    public async Task Set_without_a_value_is_a_usage_error()
    {
        await using var edge = await ScriptedEdge.StartAsync();

        (await Neeto.RunAsync(edge, "config:set", "-a", "shop", "A=1", "B")).Fails(2, "Error: 'B' is not NAME=VALUE.");

        Assert.Empty(edge.Requests);
    }

    [Fact]
    public async Task Unset_sends_nulls()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("PATCH /apps/shop/config-vars", 200, "{}");

        (await Neeto.RunAsync(edge, "config:unset", "-a", "shop", "A", "B", "A")).Shows("Removed A, B from shop; it restarts.");
        (await Neeto.RunAsync(edge, "config:unset", "-a", "shop", "A", "--json")).ShowsJson("{}");

        Assert.Equal("""{"A":null,"B":null}""", edge.Requests[0].Text);
    }
}
