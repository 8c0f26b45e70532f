using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>Builds from archives, without git.</summary>
public sealed partial class AppUnderTest
{
    /// <summary>Uploads an archive and starts a build of it.</summary>
    public async Task<JsonNode> StartBuildAsync(byte[] archive)
    {
        using var source = await box.Api.PostAsync(new Uri("/sources", UriKind.Relative), content: null);
        var blob = (await source.Content.ReadFromJsonAsync<JsonNode>())!["source_blob"]!;
        using var client = new HttpClient();
        using var upload = await client.PutAsync(new Uri((string)blob["put_url"]!), new ByteArrayContent(archive));
        Assert.True(upload.IsSuccessStatusCode, $"{(int)upload.StatusCode} for the upload");
        using var build = await PostAsync("/builds", new { source_blob = new { url = (string)blob["get_url"]! } });
        Assert.True(build.IsSuccessStatusCode, await build.Content.ReadAsStringAsync());
        return (await build.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    /// <summary>Builds what is in the folder now.</summary>
    public Task<JsonNode> StartBuildAsync() => StartBuildAsync(Archive.Of(Source));

    /// <summary>Waits for a build's end: its status and its whole output.</summary>
    public async Task<(string Status, string Output)> EndOfAsync(JsonNode build, int seconds = 120)
    {
        var ended = await Wait.ForAsync(
            "the build's end",
            TimeSpan.FromSeconds(seconds),
            async () => await ApiAsync($"/builds/{(string)build["id"]!}") is var now && (string?)now["status"] != "pending" ? now : null
        );
        return ((string)ended["status"]!, await OutputAsync(build));
    }

    /// <summary>Builds and releases what is in the folder; fails the test when that fails.</summary>
    public async Task DeployArchiveAsync()
    {
        var (status, output) = await EndOfAsync(await StartBuildAsync());
        Assert.True(status == "succeeded", output);
    }

    /// <summary>Returns once the build's output, as it comes, contains a text.</summary>
    public static Task PrintsAsync(JsonNode build, string text) =>
        Wait.UntilAsync(
            $"'{text}' in the build's output",
            TimeSpan.FromSeconds(60),
            async () =>
            {
                using var client = new HttpClient();
                using var reader = new StreamReader(await client.GetStreamAsync(new Uri((string)build["output_stream_url"]!)));
                while (await reader.ReadLineAsync() is { } line)
                {
                    if (line.Contains(text, StringComparison.Ordinal))
                        return true;
                }
                return false;
            }
        );

    /// <summary>The build that the app has under way.</summary>
    public Task<JsonNode> BuildUnderWayAsync() =>
        Wait.ForAsync(
            "the build under way",
            TimeSpan.FromSeconds(60),
            async () => (await ApiAsync("/builds")).AsArray().FirstOrDefault(build => (string?)build!["status"] == "pending")
        );

    /// <summary>Cancels a build and waits for its end.</summary>
    public async Task CancelAsync(JsonNode build)
    {
        using var answer = await DeleteAsync($"/builds/{(string)build["id"]!}");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var (status, output) = await EndOfAsync(build, seconds: 30);
        Assert.Equal("failed", status);
        Assert.Contains("Build cancelled", output, StringComparison.Ordinal);
    }

    /// <summary>Neither container, nor scratch folder, nor half an upload of a build is left.</summary>
    public async Task LeavesNothingAsync(JsonNode build)
    {
        Assert.DoesNotContain(
            await EngineBelongings.ContainersAsync(box.Data),
            name => name.Contains($"-build-{(string)build["id"]!}", StringComparison.Ordinal)
        );
        var id = (string)(await ApiAsync())["id"]!;
        var folder = Path.Combine(box.Data, "builds", id);
        foreach (var scratch in new[] { "platform", "app.next", Path.Combine("state", "spool"), Path.Combine("state", "attempt") })
            Assert.False(Path.Exists(Path.Combine(folder, scratch)), $"The build left {scratch} behind.");
        var repositories = Path.Combine(box.Data, "registry", "storage", "docker", "registry", "v2", "repositories");
        Assert.True(Directory.Exists(repositories), $"The registry does not keep its images in {repositories}.");
        var uploads = Path.Combine(repositories, "apps", id, "_uploads");
        Assert.Empty(Directory.Exists(uploads) ? Directory.EnumerateFileSystemEntries(uploads) : []);
    }

    private static async Task<string> OutputAsync(JsonNode build)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri((string)build["output_stream_url"]!));
    }
}
