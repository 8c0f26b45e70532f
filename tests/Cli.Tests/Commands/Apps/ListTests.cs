using System.Text.Json;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Apps;

public sealed class ListTests
{
    [Fact]
    public async Task Apps_shows_an_aligned_table()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On(
            "GET /apps",
            [Examples.App(), Examples.App("a-longer-name") with { ReleasedAt = null, WebUrl = null }],
            ApiJson.Default.AppResourceArray
        );

        (await Neeto.RunAsync(edge, "apps")).Shows(
            """
            NAME           OWNER            RELEASED             URL
            shop           ann@example.com  2026-01-31 12:00:00  http://shop.localhost:8080/
            a-longer-name  ann@example.com  never
            """
        );
    }

    [Fact]
    public async Task Json_is_the_APIs_own()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps", [Examples.App()], ApiJson.Default.AppResourceArray);

        (await Neeto.RunAsync(edge, "apps", "--json")).ShowsJson(
            JsonSerializer.Serialize([Examples.App()], ApiJson.Default.AppResourceArray)
        );
    }

    [Fact]
    public async Task More_than_a_thousand_apps_are_read_page_by_page()
    {
        var names = Enumerable.Range(0, 2_500).Select(i => $"app-{i:0000}").ToArray();
        await using var edge = await ScriptedEdge.StartAsync();
        foreach (var page in names.Chunk(1_000))
        {
            var isLast = page[^1] == names[^1];
            edge.On(
                "GET /apps",
                [.. page.Select(Examples.App)],
                ApiJson.Default.AppResourceArray,
                isLast ? 200 : 206,
                isLast ? null : $"name ]{page[^1]}..; max=1000"
            );
        }

        var shown = await Neeto.RunAsync(edge, "apps");

        Assert.Equal(names, shown.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(' ')[0]));
        Assert.Equal(
            ["name ..; max=1000", "name ]app-0999..; max=1000", "name ]app-1999..; max=1000"],
            edge.Requests.Select(request => request.Header("Range"))
        );
    }

    [Fact]
    public async Task Every_request_carries_the_token_and_asks_for_version_3()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps", [], ApiJson.Default.AppResourceArray);

        await Neeto.RunAsync(edge, "apps");

        var request = edge.Single("GET /apps");
        Assert.Equal($"Bearer {Neeto.Token}", request.Header("Authorization"));
        Assert.Equal("application/vnd.heroku+json; version=3", request.Header("Accept"));
    }
}
