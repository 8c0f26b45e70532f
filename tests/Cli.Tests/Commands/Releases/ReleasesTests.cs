using System.Text.Json;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Releases;

public sealed class ReleasesTests
{
    [Fact]
    public async Task Releases_shows_the_newest_first()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On(
            "GET /apps/shop/releases",
            [Examples.Release(12, current: true), Examples.Release(11, "failed")],
            ApiJson.Default.ReleaseResourceArray
        );

        (await Neeto.RunAsync(edge, "releases", "-a", "shop", "-n", "2")).Shows(
            """
            VERSION  STATUS   WHAT             WHO              WHEN
            v12      current  Deploy 0000000c  ann@example.com  2026-01-31 12:00:00
            v11      failed   Deploy 0000000b  ann@example.com  2026-01-31 12:00:00
            """
        );
        Assert.Equal("version ..; order=desc,max=2", edge.Requests[0].Header("Range"));
    }

    [Theory, InlineData("0"), InlineData("-3"), InlineData("1001")]
    public async Task A_senseless_number_is_a_usage_error(string count)
    {
        await using var edge = await ScriptedEdge.StartAsync();

        (await Neeto.RunAsync(edge, "releases", "-a", "shop", "--num", count)).Fails(
            2,
            """
            Error: --num is a number from 1 to 1000.
            'neeto releases --help' says how it is used.
            """
        );
    }

    [Theory, InlineData("current"), InlineData("7", "v7"), InlineData("7", "7")]
    public async Task Info_shows_one(string asked, params string[] version)
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On($"GET /apps/shop/releases/{asked}", Examples.Release(7), ApiJson.Default.ReleaseResource);

        (await Neeto.RunAsync(edge, ["releases:info", .. version, "-a", "shop"])).Shows(
            """
            === Release v7
            What:    Deploy 00000007
            Status:  succeeded
            Who:     ann@example.com
            When:    2026-01-31 12:00:00
            """
        );
    }

    [Fact]
    public async Task Json_is_the_APIs_own()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop/releases", [Examples.Release()], ApiJson.Default.ReleaseResourceArray);
        edge.On("GET /apps/shop/releases/current", Examples.Release(), ApiJson.Default.ReleaseResource);

        (await Neeto.RunAsync(edge, "releases", "-a", "shop", "--json")).ShowsJson(
            JsonSerializer.Serialize([Examples.Release()], ApiJson.Default.ReleaseResourceArray)
        );
        (await Neeto.RunAsync(edge, "releases:info", "-a", "shop", "--json")).ShowsJson(
            JsonSerializer.Serialize(Examples.Release(), ApiJson.Default.ReleaseResource)
        );
    }

    [Fact]
    public async Task Rollback_takes_the_release_before_the_current_that_can_be_gone_back_to()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On(
            "GET /apps/shop/releases",
            [Examples.Release(12, current: true), Examples.Release(11, "failed", eligible: false), Examples.Release(10)],
            ApiJson.Default.ReleaseResourceArray
        );
        edge.On("GET /apps/shop/releases/10", Examples.Release(10), ApiJson.Default.ReleaseResource);
        edge.On("POST /apps/shop/releases", Examples.Release(13), ApiJson.Default.ReleaseResource, 201);

        var result = await Neeto.RunAsync(edge, "rollback", "-a", "shop");

        Assert.Equal("shop rolls back to v10 as v13.\n", result.Output);
        Assert.Equal("To undo it: neeto rollback -a shop v12\n", result.Error);
        Assert.Equal(
            $$"""{"release":"{{Examples.Release(10).Id}}","slug":null,"description":null}""",
            edge.Single("POST /apps/shop/releases").Text
        );
    }

    [Fact]
    public async Task Rollback_of_a_first_release_says_why_not()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop/releases", [Examples.Release(1, current: true)], ApiJson.Default.ReleaseResourceArray);

        (await Neeto.RunAsync(edge, "rollback", "-a", "shop")).Fails(
            1,
            """
            Error: shop has no earlier release to roll back to.
            'neeto releases -a shop' lists them.
            """
        );
    }
}
