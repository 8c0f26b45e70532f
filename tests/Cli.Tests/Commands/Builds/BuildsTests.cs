using System.Text.Json;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Builds;

public sealed class BuildsTests
{
    private const string Id = "00000000-0000-4000-8000-000000000011";

    [Fact]
    public async Task Builds_shows_the_newest_first()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop/builds", [Examples.Build("pending"), Examples.Build()], ApiJson.Default.BuildResourceArray);

        (await Neeto.RunAsync(edge, "builds", "-a", "shop")).Shows(
            """
            ID                                    STATUS     VERSION  WHO              WHEN
            00000000-0000-4000-8000-000000000011  pending    8f1d2c3  ann@example.com  2026-01-31 12:00:00
            00000000-0000-4000-8000-000000000011  succeeded  8f1d2c3  ann@example.com  2026-01-31 12:00:00
            """
        );
        Assert.Equal("id ..; order=desc,max=15", edge.Requests[0].Header("Range"));
    }

    [Fact]
    public async Task Info_shows_the_newest_unasked()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop/builds", [Examples.Build()], ApiJson.Default.BuildResourceArray);

        (await Neeto.RunAsync(edge, "builds:info", "-a", "shop")).Shows(
            """
            === Build 00000000-0000-4000-8000-000000000011
            Status:   succeeded
            Version:  8f1d2c3
            Stack:    neeto-12
            Who:      ann@example.com
            When:     2026-01-31 12:00:00
            """
        );
    }

    [Fact]
    public async Task An_app_without_builds_says_how_to_make_one()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop/builds", [], ApiJson.Default.BuildResourceArray);

        (await Neeto.RunAsync(edge, "builds:info", "-a", "shop")).Fails(
            3,
            """
            Error: shop has no build yet.
            Make one: neeto deploy -a shop
            """
        );
    }

    [Fact]
    public async Task Cancel_takes_a_build_by_id()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On($"GET /apps/shop/builds/{Id}", Examples.Build("pending"), ApiJson.Default.BuildResource);
        edge.On($"DELETE /apps/shop/builds/{Id}", Examples.Build("pending"), ApiJson.Default.BuildResource, 202);

        (await Neeto.RunAsync(edge, "builds:cancel", Id, "-a", "shop")).Shows($"Cancelling build {Id}.");
    }

    [Fact]
    public async Task Json_is_the_APIs_own()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop/builds", [Examples.Build()], ApiJson.Default.BuildResourceArray);

        (await Neeto.RunAsync(edge, "builds", "-a", "shop", "--json")).ShowsJson(
            JsonSerializer.Serialize([Examples.Build()], ApiJson.Default.BuildResourceArray)
        );
        (await Neeto.RunAsync(edge, "builds:info", "-a", "shop", "--json")).ShowsJson(
            JsonSerializer.Serialize(Examples.Build(), ApiJson.Default.BuildResource)
        );
    }

    [Theory, InlineData("succeeded", 0), InlineData("failed", 1)]
    public async Task Output_ends_as_the_build_has_ended(string status, int exitCode)
    {
        await using var edge = await ScriptedEdge.StartAsync();
        var build = Examples.Build(status, $"{edge.Url}/output");
        edge.On("GET /apps/shop/builds", [build with { Status = "pending" }], ApiJson.Default.BuildResourceArray);
        edge.On("GET /output", 200, "-----> Node.js app detected\n");
        edge.On($"GET /apps/shop/builds/{Id}", build with { Status = "pending" }, ApiJson.Default.BuildResource);
        edge.On($"GET /apps/shop/builds/{Id}", build, ApiJson.Default.BuildResource);

        var result = await Neeto.RunAsync(edge, "builds:output", "-a", "shop");

        Assert.Equal("-----> Node.js app detected\n", result.Output);
        Assert.Equal(exitCode, result.ExitCode);
    }

    [Fact]
    public async Task With_json_the_output_goes_to_standard_error()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        var build = Examples.Build("succeeded", $"{edge.Url}/output");
        edge.On("GET /apps/shop/builds", [build], ApiJson.Default.BuildResourceArray);
        edge.On("GET /output", 200, "-----> Node.js app detected\n");
        edge.On($"GET /apps/shop/builds/{Id}", build, ApiJson.Default.BuildResource);

        var result = await Neeto.RunAsync(edge, "builds:output", "-a", "shop", "--json");

        Assert.Equal("-----> Node.js app detected\n", result.Error);
        (result with { Error = "" }).ShowsJson(JsonSerializer.Serialize(build, ApiJson.Default.BuildResource));
    }
}
