using System.Text.Json;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Apps;

public sealed class AppCommandsTests
{
    [Fact]
    public async Task Info_shows_what_people_ask_for()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop", Examples.App(), ApiJson.Default.AppResource);

        (await Neeto.RunAsync(edge, "info", "-a", "shop")).Shows(
            """
            === shop
            URL:          http://shop.localhost:8080/
            Git URL:      https://localhost:5443/shop.git
            Owner:        ann@example.com
            Stack:        neeto-12
            Maintenance:  off
            Image size:   41.5 MB
            Released:     2026-01-31 12:00:00
            """
        );
    }

    [Fact]
    public async Task Info_of_a_new_app_says_that_nothing_was_built()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On(
            "GET /apps/shop",
            Examples.App() with
            {
                SlugSize = null,
                ReleasedAt = null,
                Maintenance = true,
            },
            ApiJson.Default.AppResource
        );

        (await Neeto.RunAsync(edge, "info", "-a", "shop")).Shows(
            """
            === shop
            URL:          http://shop.localhost:8080/
            Git URL:      https://localhost:5443/shop.git
            Owner:        ann@example.com
            Stack:        neeto-12
            Maintenance:  on
            Image size:   nothing built yet
            Released:     never
            """
        );
    }

    [Fact]
    public async Task Rename_says_the_new_address()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("PATCH /apps/shop", Examples.App("store"), ApiJson.Default.AppResource);

        (await Neeto.RunAsync(edge, "rename", "-a", "shop", "store")).Shows("shop is now store: http://store.localhost:8080/");

        Assert.Equal("""{"name":"store","maintenance":null,"build_stack":null}""", edge.Single("PATCH /apps/shop").Text);
    }

    [Theory, InlineData("on", true), InlineData("off", false)]
    public async Task Maintenance_is_switched(string word, bool on)
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("PATCH /apps/shop", Examples.App() with { Maintenance = on }, ApiJson.Default.AppResource);

        (await Neeto.RunAsync(edge, $"maintenance:{word}", "-a", "shop")).Shows($"Maintenance mode of shop is {word}.");

        Assert.Equal(
            $$"""{"name":null,"maintenance":{{(on ? "true" : "false")}},"build_stack":null}""",
            edge.Single("PATCH /apps/shop").Text
        );
    }

    [Fact]
    public async Task Open_prints_the_address_where_nobody_watches()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop", Examples.App(), ApiJson.Default.AppResource);

        (await Neeto.RunAsync(edge, "open", "-a", "shop")).Shows("http://shop.localhost:8080/");
    }

    [Theory]
    [InlineData("GET", "info")]
    [InlineData("GET", "open")]
    [InlineData("PATCH", "rename", "store")]
    [InlineData("PATCH", "maintenance:on")]
    [InlineData("DELETE", "destroy", "--confirm", "shop")]
    public async Task Json_is_the_APIs_own(string method, params string[] command)
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On($"{method} /apps/shop", Examples.App(), ApiJson.Default.AppResource);

        (await Neeto.RunAsync(edge, [.. command, "-a", "shop", "--json"])).ShowsJson(
            JsonSerializer.Serialize(Examples.App(), ApiJson.Default.AppResource)
        );
    }
}
