using System.Text.Json;
using NeetoDeploy.Api.Contracts.Buildpacks;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Buildpacks;

public sealed class BuildpacksTests
{
    private static readonly BuildpackInstallationResource[] Two =
    [
        Examples.Buildpack(0, "heroku/nodejs"),
        Examples.Buildpack(1, "heroku/ruby"),
    ];

    [Fact]
    public async Task Buildpacks_are_listed_in_their_order()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop/buildpack-installations", Two, ApiJson.Default.BuildpackInstallationResourceArray);

        (await Neeto.RunAsync(edge, "buildpacks", "-a", "shop")).Shows(
            """
            1. heroku/nodejs
            2. heroku/ruby
            """
        );
        (await Neeto.RunAsync(edge, "buildpacks", "-a", "shop", "--json")).ShowsJson(
            JsonSerializer.Serialize(Two, ApiJson.Default.BuildpackInstallationResourceArray)
        );
    }

    [Fact]
    public async Task None_is_a_remark_and_no_result()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop/buildpack-installations", [], ApiJson.Default.BuildpackInstallationResourceArray);

        var result = await Neeto.RunAsync(edge, "buildpacks", "-a", "shop");

        Assert.Equal("", result.Output);
        Assert.Equal("shop has no buildpacks set; each build detects them.\n", result.Error);
    }

    [Fact]
    public async Task Set_replaces_the_list()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("PUT /apps/shop/buildpack-installations", Two, ApiJson.Default.BuildpackInstallationResourceArray);

        (await Neeto.RunAsync(edge, "buildpacks:set", "heroku/nodejs", "heroku/ruby", "-a", "shop")).Shows(
            "The next build of shop uses heroku/nodejs, heroku/ruby."
        );

        Assert.Equal("""{"updates":[{"buildpack":"heroku/nodejs"},{"buildpack":"heroku/ruby"}]}""", edge.Requests[0].Text);
    }

    [Fact]
    public async Task Clear_empties_it()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("PUT /apps/shop/buildpack-installations", [], ApiJson.Default.BuildpackInstallationResourceArray);

        (await Neeto.RunAsync(edge, "buildpacks:clear", "-a", "shop")).Shows("The next build of shop uses what it detects.");
        (await Neeto.RunAsync(edge, "buildpacks:clear", "-a", "shop", "--json")).ShowsJson("[]");

        Assert.Equal("""{"updates":[]}""", edge.Requests[0].Text);
    }
}
