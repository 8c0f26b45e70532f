using System.Text.Json;
using NeetoDeploy.Api.Contracts.Builds;
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
    public async Task Info_shows_the_newest_unasked_with_bars_layers_and_reasons()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop/builds", [Examples.Build()], ApiJson.Default.BuildResourceArray);
        edge.On($"GET /apps/shop/builds/{Id}/details", Examples.Details(), ApiJson.Default.BuildDetailsResource);

        (await Neeto.RunAsync(edge, "builds:info", "-a", "shop")).Shows(
            """
            === Build 00000000-0000-4000-8000-000000000011
            Status:      succeeded
            Version:     8f1d2c3
            Stack:       neeto-12
            Buildpacks:  neeto/nodejs 1.0.0
            Who:         ann@example.com
            When:        2026-01-31 12:00:00

            Phases, 1.54 s in all
              prepare     0.04 s  █
              build       1.20 s  ██████████████████████████████
              export      0.30 s  ████████

            Image, 12.4 MB, +488.3 KB since the release before, most of it in app, 1.0 MB uploaded
              LAYER                  SIZE       CHANGE
              neeto/nodejs:node         9.5 MB             reused
              neeto/nodejs:packages     1.8 MB  -97.7 KB   reused
              sbom                       600 B  new        uploaded
              app                       1.0 MB  +585.4 KB  uploaded

            Bills of materials: neeto_nodejs/node/sbom.cdx.json

            neeto/nodejs:packages was made anew: key: ab12… → cd34…
            """
        );
    }

    [Fact]
    public async Task Bills_of_materials_are_listed_and_printed_as_they_are()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        var sbom = new SbomResource(
            "neeto_nodejs/node/sbom.cdx.json",
            "neeto_nodejs/node",
            "cyclonedx",
            "application/vnd.cyclonedx+json",
            9
        );
        edge.On("GET /apps/shop/builds", [Examples.Build()], ApiJson.Default.BuildResourceArray);
        edge.On($"GET /apps/shop/builds/{Id}", Examples.Build(), ApiJson.Default.BuildResource);
        edge.On($"GET /apps/shop/builds/{Id}/sboms", [sbom], ApiJson.Default.SbomResourceArray);
        edge.On($"GET /apps/shop/builds/{Id}/sboms/{sbom.Name}", 200, "{ \"a\":\e1}");

        (await Neeto.RunAsync(edge, "builds:sbom", "-a", "shop")).Shows(
            """
            NAME                             FORMAT     SIZE
            neeto_nodejs/node/sbom.cdx.json  cyclonedx  9 B
            """
        );
        (await Neeto.RunAsync(edge, "builds:sbom", Id, "-a", "shop", "--json")).ShowsJson(
            JsonSerializer.Serialize([sbom], ApiJson.Default.SbomResourceArray)
        );
        Assert.Equal("{ \"a\":\e1}", (await Neeto.RunAsync(edge, "builds:sbom", "--name", sbom.Name, "-a", "shop")).Output);
    }

    [Fact]
    public async Task Info_says_why_a_build_failed()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On($"GET /apps/shop/builds/{Id}", Examples.Build("failed"), ApiJson.Default.BuildResource);
        edge.On(
            $"GET /apps/shop/builds/{Id}/details",
            Examples.Details() with
            {
                Build = Examples.Build("failed"),
                Failure = new("build", 51, "failed to compile Node.js app"),
                Image = null,
                Cache = [],
                Phases = [],
                Buildpacks = [],
            },
            ApiJson.Default.BuildDetailsResource
        );

        (await Neeto.RunAsync(edge, "builds:info", Id, "-a", "shop")).Shows(
            """
            === Build 00000000-0000-4000-8000-000000000011
            Status:      failed
            Reason:      failed to compile Node.js app (build, exit code 51)
            Version:     8f1d2c3
            Stack:       neeto-12
            Who:         ann@example.com
            When:        2026-01-31 12:00:00
            """
        );
    }

    [Fact]
    public async Task The_cache_is_purged_by_a_command_of_its_own()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("DELETE /apps/shop/build-cache", 202, "{}");

        var result = await Neeto.RunAsync(edge, "builds:cache:purge", "-a", "shop");

        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.Contains("The build cache of shop is empty", result.Error, StringComparison.Ordinal);
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
        edge.On($"GET /apps/shop/builds/{Id}/details", Examples.Details(), ApiJson.Default.BuildDetailsResource);
        (await Neeto.RunAsync(edge, "builds:info", "-a", "shop", "--json")).ShowsJson(
            JsonSerializer.Serialize(Examples.Details(), ApiJson.Default.BuildDetailsResource)
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
