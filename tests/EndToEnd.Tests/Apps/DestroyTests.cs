using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Apps;

/// <summary>Of a destroyed app nothing stays on the machine.</summary>
public sealed class DestroyTests(SharedBox shared)
{
    private readonly Box box = shared.Box;

    [Fact]
    public async Task A_destroyed_app_leaves_no_repository_no_output_no_cache_no_image_and_no_container()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        app.Write("Procfile", "web: node server.js\nrelease: echo migrating\n");
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("one");
        var failed = await app.StartBuildAsync([]);
        await app.EndOfAsync(failed);
        await RunAsync(app, "echo once");
        var id = (string)(await app.ApiAsync())["id"]!;
        var outputs = new[] { (string)failed["output_stream_url"]!, await PhaseOutputAsync(app) };
        Assert.All(await Task.WhenAll(outputs.Select(StatusAsync)), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.NotEmpty(Folders(id));
        Assert.NotEmpty(await ImagesAsync(id));

        using var destroyed = await app.DeleteAsync("");
        Assert.Equal(HttpStatusCode.OK, destroyed.StatusCode);

        await Wait.UntilAsync("all its folders to go", TimeSpan.FromSeconds(90), () => Task.FromResult(Folders(id).Length == 0));
        await Wait.UntilAsync("its images to go", TimeSpan.FromSeconds(60), async () => (await ImagesAsync(id)).Length == 0);
        Assert.DoesNotContain(await EngineBelongings.ContainersAsync(box.Data), name => name.Contains(id, StringComparison.Ordinal));
        Assert.DoesNotContain(await EngineBelongings.NetworksAsync(box.Data), name => name.Contains(id, StringComparison.Ordinal));
        foreach (var output in outputs)
            await Wait.UntilAsync(
                "its output to go",
                TimeSpan.FromSeconds(60),
                async () => await StatusAsync(output) == HttpStatusCode.NotFound
            );
    }

    private static async Task RunAsync(AppUnderTest app, string command)
    {
        using var run = await app.PostAsync("/dynos", new { command, attach = false });
        Assert.Equal(HttpStatusCode.Created, run.StatusCode);
        var name = (string)(await run.Content.ReadFromJsonAsync<JsonNode>())!["name"]!;
        await app.LogsAsync($"heroku[{name}]: State changed from up to complete");
    }

    private static async Task<string> PhaseOutputAsync(AppUnderTest app) =>
        (string)
            (await app.ApiAsync("/releases")).AsArray().Last(release => release!["output_stream_url"] is not null)!["output_stream_url"]!;

    private static async Task<HttpStatusCode> StatusAsync(string url)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(url));
        return answer.StatusCode;
    }

    private string[] Folders(string id) =>
        [
            .. new[]
            {
                $"git/{id}.git",
                $"git/{id}.gone",
                $"builds/{id}",
                $"registry/storage/docker/registry/v2/repositories/apps/{id}",
            }.Where(folder => Directory.Exists(Path.Combine(box.Data, folder))),
        ];

    private static async Task<string[]> ImagesAsync(string id) =>
        (await EngineBelongings.DockerAsync(["image", "ls", "--quiet", "--filter", $"reference=*/apps/{id}"]))
            .Ok()
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
