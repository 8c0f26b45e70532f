using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Api.Contracts.Errors;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Api.Contracts.Releases;
using NeetoDeploy.Api.Contracts.Sources;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Apps;

public sealed class DeployTests : IDisposable
{
    private const string BuildLine = "GET /apps/shop/builds/00000000-0000-4000-8000-000000000011";
    private const string ReleaseLine = "GET /apps/shop/releases/00000000-0000-4000-8000-000000000112";

    private readonly TempFolder folder = new();

    public DeployTests() => folder.Write("server.js", "");

    [Fact]
    public async Task A_folder_is_uploaded_built_and_released()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Script(edge, Examples.Build(output: $"{edge.Url}/output"), Examples.Release());

        var result = await Neeto.SignedIn(edge, folder.Path).RunAsync("deploy", "-a", "shop");

        Assert.Equal("-----> Building\nReleased v12: http://shop.localhost:8080/\n", result.Output);
        Assert.Equal("Packing…\nUploading 0.0 MB…\n", result.Error);
        Assert.Equal(0, result.ExitCode);
        var upload = edge.Single("PUT /upload");
        Assert.Null(upload.Header("Authorization"));
        var request = JsonSerializer.Deserialize(edge.Single("POST /apps/shop/builds").Text, ApiJson.Default.CreateBuildRequest)!;
        Assert.Equal(
            new CreateBuildRequest.Blob($"{edge.Url}/source", null, $"SHA256:{Convert.ToHexStringLower(SHA256.HashData(upload.Body))}"),
            request.SourceBlob
        );
    }

    [Fact]
    public async Task The_folder_may_be_another()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Script(edge, Examples.Build(output: $"{edge.Url}/output"), Examples.Release());
        folder.Write("site/index.html", "");

        Assert.Equal(0, (await Neeto.SignedIn(edge, folder.Path).RunAsync("deploy", "-a", "shop", "site")).ExitCode);
        (await Neeto.SignedIn(edge, folder.Path).RunAsync("deploy", "-a", "shop", "nowhere")).Fails(
            2,
            $"""
            Packing…
            Error: There is no folder {folder["nowhere"]}.
            """
        );
    }

    [Fact]
    public async Task An_image_is_released_without_an_upload()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Script(edge, Examples.Build(output: $"{edge.Url}/output"), Examples.Release());

        var result = await Neeto.SignedIn(edge, folder.Path).RunAsync("deploy", "-a", "shop", "--image", "registry.example/shop:7");

        Assert.Equal(("-----> Building\nReleased v12: http://shop.localhost:8080/\n", ""), (result.Output, result.Error));
        var request = JsonSerializer.Deserialize(edge.Single("POST /apps/shop/builds").Text, ApiJson.Default.CreateBuildRequest)!;
        Assert.Equal(new CreateBuildRequest.Blob("image:web=registry.example/shop:7"), request.SourceBlob);
    }

    [Fact]
    public async Task A_release_phase_is_shown_and_waited_for()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Script(
            edge,
            Examples.Build(output: $"{edge.Url}/output"),
            Examples.Release(status: "pending", output: $"{edge.Url}/phase"),
            Examples.Release()
        );
        edge.On("GET /phase", 200, "migrating\n");

        var result = await Neeto.SignedIn(edge, folder.Path).RunAsync("deploy", "-a", "shop");

        Assert.Equal("-----> Building\nmigrating\nReleased v12: http://shop.localhost:8080/\n", result.Output);
    }

    [Fact]
    public async Task A_failed_release_phase_fails()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Script(edge, Examples.Build(output: $"{edge.Url}/output"), Examples.Release(status: "failed"));

        var result = await Neeto.SignedIn(edge, folder.Path).RunAsync("deploy", "-a", "shop");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith(
            "Error: Release v12 of shop failed in its release phase; the release before it goes on running.\n",
            result.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_failed_build_fails_and_says_where_its_output_is()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Script(edge, Examples.Build("failed", $"{edge.Url}/output"), Examples.Release());

        var result = await Neeto.SignedIn(edge, folder.Path).RunAsync("deploy", "-a", "shop");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("-----> Building\n", result.Output);
        Assert.EndsWith(
            """
            Error: The build of shop failed; what ran before goes on running.
            Its output again: neeto builds:output -a shop 00000000-0000-4000-8000-000000000011

            """,
            result.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task With_json_standard_output_is_the_build_alone()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        var build = Examples.Build(output: $"{edge.Url}/output");
        Script(edge, build, Examples.Release());

        var result = await Neeto.SignedIn(edge, folder.Path).RunAsync("deploy", "-a", "shop", "--json");

        Assert.Equal("Packing…\nUploading 0.0 MB…\n-----> Building\n", result.Error);
        (result with { Error = "" }).ShowsJson(JsonSerializer.Serialize(build, ApiJson.Default.BuildResource));
    }

    [Fact]
    public async Task A_colour_or_a_character_that_is_cut_in_two_arrives_whole()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On(
            "GET /output",
            async http =>
            {
                foreach (var piece in new byte[][] { [.. "\e[3"u8], [.. "1mgr"u8, 0xC3], [0xBC, .. "n\e"u8], [.. "[0m\n"u8] })
                {
                    await http.Response.Body.WriteAsync(piece);
                    await http.Response.Body.FlushAsync();
                }
            }
        );
        Script(edge, Examples.Build(output: $"{edge.Url}/output"), Examples.Release());

        var result = await Neeto.SignedIn(edge, folder.Path).RunAsync("deploy", "-a", "shop");

        Assert.StartsWith("grün\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_upload_says_so()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("PUT /upload", 413, "too large");
        Script(edge, Examples.Build(output: $"{edge.Url}/output"), Examples.Release());

        var result = await Neeto.SignedIn(edge, folder.Path).RunAsync("deploy", "-a", "shop");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("Error: The upload was refused with 413: too large\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_is_missing_is_said_with_the_nearest_names()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Script(edge, Examples.Build(output: $"{edge.Url}/output"), Examples.Release());
        edge.Refuse("POST /apps/shpo/builds", 404, new ErrorResource("not_found", "Couldn't find that app.", Resource: "app"));
        edge.On("GET /apps", [Examples.App(), Examples.App("other")], ApiJson.Default.AppResourceArray);

        var result = await Neeto.SignedIn(edge, folder.Path).RunAsync("deploy", "-a", "shpo");

        Assert.Equal(3, result.ExitCode);
        Assert.EndsWith("Error: Couldn't find that app.\nDid you mean shop?\n", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static void Script(ScriptedEdge edge, BuildResource build, params ReleaseResource[] releases)
    {
        edge.On(
            "POST /sources",
            new SourceResource(new SourceUrls($"{edge.Url}/source", $"{edge.Url}/upload")),
            ApiJson.Default.SourceResource,
            201
        );
        edge.On("PUT /upload", http => Task.CompletedTask);
        edge.On("POST /apps/shop/builds", build with { Status = "pending", Release = null }, ApiJson.Default.BuildResource, 201);
        edge.On("GET /output", 200, "-----> Building\n");
        edge.On(BuildLine, build, ApiJson.Default.BuildResource);
        foreach (var release in releases)
            edge.On(ReleaseLine, release, ApiJson.Default.ReleaseResource);
        edge.On("GET /apps/shop", Examples.App(), ApiJson.Default.AppResource);
    }
}
