using System.Text.Json;
using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Apps;

public sealed class RebaseTests
{
    private const string Rebasing = "-----> Putting the image on the run image\n";

    [Theory]
    [InlineData("rebase:")]
    [InlineData("rebase:force", "--force")]
    public async Task The_newest_release_is_put_on_the_newest_run_image_and_released(string source, params string[] options)
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Script(edge, Examples.Build(output: $"{edge.Url}/output"));

        var result = await Neeto.RunAsync(edge, ["rebase", "-a", "shop", .. options]);

        Assert.Equal((0, $"{Rebasing}Released v12: http://shop.localhost:8080/\n"), (result.ExitCode, result.Output));
        var request = JsonSerializer.Deserialize(edge.Single("POST /apps/shop/builds").Text, ApiJson.Default.CreateBuildRequest)!;
        Assert.Equal(new CreateBuildRequest.Blob(source), request.SourceBlob);
    }

    [Fact]
    public async Task When_there_is_nothing_to_release_the_release_that_is_there_is_named()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Script(edge, Examples.Build(output: $"{edge.Url}/output") with { Slug = null });

        var result = await Neeto.RunAsync(edge, "rebase", "-a", "shop");

        Assert.Equal((0, $"{Rebasing}Nothing to release: v12 goes on running.\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task A_refusal_fails()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Script(edge, Examples.Build("failed", $"{edge.Url}/output"));

        var result = await Neeto.RunAsync(edge, "rebase", "-a", "shop");

        Assert.Equal((1, Rebasing), (result.ExitCode, result.Output));
        Assert.StartsWith("Error: The build of shop failed; what ran before goes on running.\n", result.Error, StringComparison.Ordinal);
    }

    private static void Script(ScriptedEdge edge, BuildResource build)
    {
        edge.On(
            "POST /apps/shop/builds",
            build with
            {
                Status = "pending",
                Release = null,
                Slug = null,
            },
            ApiJson.Default.BuildResource,
            201
        );
        edge.On("GET /output", 200, Rebasing);
        edge.On($"GET /apps/shop/builds/{build.Id}", build, ApiJson.Default.BuildResource);
        edge.On($"GET /apps/shop/releases/{Examples.Release().Id}", Examples.Release(), ApiJson.Default.ReleaseResource);
        edge.On("GET /apps/shop", Examples.App(), ApiJson.Default.AppResource);
    }
}
