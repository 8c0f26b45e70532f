using System.Text.Json.Nodes;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Builds;

/// <summary>A build is cancelled wherever it is: it ends soon, leaves nothing, and the next one works.</summary>
public sealed class CancelTests(SharedBox shared)
{
    private static readonly string SlowPackage = Programs.Package.Replace(
        "\"scripts\": {", "\"scripts\": { \"heroku-postbuild\": \"echo sleeping && sleep 300\",", StringComparison.Ordinal);

    private readonly Box box = shared.Box;

    [Fact]
    public async Task A_build_is_cancelled_in_every_phase_and_leaves_nothing()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        await app.DeployArchiveAsync();

        var atOnce = await app.StartBuildAsync();
        await CancelledAsync(app, atOnce);

        app.Write("package.json", SlowPackage);
        var building = await app.StartBuildAsync();
        var waiting = await app.StartBuildAsync();
        await AppUnderTest.PrintsAsync(building, "sleeping");
        await CancelledAsync(app, waiting);
        Assert.Equal("pending", (string?)(await app.ApiAsync($"/builds/{(string)building["id"]!}"))["status"]);
        await CancelledAsync(app, building);
        await LeavesNothingAsync(app, building);

        Programs.WriteTo(app, "two");
        await app.DeployArchiveAsync();
        await app.AnswersAsync("two");
        Assert.Equal(2, (await app.ApiAsync("/releases")).AsArray().Count(release => ((string)release!["description"]!).StartsWith("Deploy", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_build_is_cancelled_while_its_image_is_stored()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        var part = new byte[64 << 20];
        for (var i = 0; i < 4; i++)
        {
            new Random(i).NextBytes(part);
            await File.WriteAllBytesAsync(Path.Combine(app.Source, $"part{i}.bin"), part, TestContext.Current.CancellationToken);
        }
        var build = await app.StartBuildAsync();
        await AppUnderTest.PrintsAsync(build, "Exporting");
        await CancelledAsync(app, build);
        await LeavesNothingAsync(app, build);

        for (var i = 0; i < 4; i++)
            File.Delete(Path.Combine(app.Source, $"part{i}.bin"));
        await app.DeployArchiveAsync();
        await app.AnswersAsync("one");
    }

    [Fact]
    public async Task A_build_that_has_ended_cannot_be_cancelled()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        var build = await app.StartBuildAsync([]);
        await app.EndOfAsync(build);
        using var answer = await app.DeleteAsync($"/builds/{(string)build["id"]!}");
        Assert.Equal(409, (int)answer.StatusCode);
    }

    private static async Task CancelledAsync(AppUnderTest app, JsonNode build)
    {
        using var answer = await app.DeleteAsync($"/builds/{(string)build["id"]!}");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var (status, output) = await app.EndOfAsync(build, seconds: 30);
        Assert.Equal("failed", status);
        Assert.Contains("Build cancelled", output, StringComparison.Ordinal);
    }

    private async Task LeavesNothingAsync(AppUnderTest app, JsonNode build)
    {
        Assert.DoesNotContain(await EngineBelongings.ContainersAsync(box.Data), name => name.Contains($"-build-{(string)build["id"]!}", StringComparison.Ordinal));
        var id = (string)(await app.ApiAsync())["id"]!;
        var folder = Path.Combine(box.Data, "builds", id);
        Assert.False(Directory.Exists(Path.Combine(folder, "platform")), "Config vars were left behind.");
        var uploads = Path.Combine(box.Data, "registry", "docker", "registry", "v2", "repositories", "apps", id, "_uploads");
        Assert.Empty(Directory.Exists(uploads) ? Directory.EnumerateFileSystemEntries(uploads) : []);
    }
}
