using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Builds;

/// <summary>A build is cancelled wherever it is: it ends soon, leaves nothing, and the next one works.</summary>
public sealed class CancelTests(SharedBox shared)
{
    private static readonly string SlowPackage = Programs.Package.Replace(
        "\"scripts\": {",
        "\"scripts\": { \"heroku-postbuild\": \"echo sleeping && sleep 300\",",
        StringComparison.Ordinal
    );

    private readonly Box box = shared.Box;

    [Fact]
    public async Task A_build_is_cancelled_in_every_phase_and_leaves_nothing()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        await app.DeployArchiveAsync();

        var atOnce = await app.StartBuildAsync();
        await app.CancelAsync(atOnce);

        app.Write("package.json", SlowPackage);
        var building = await app.StartBuildAsync();
        var waiting = await app.StartBuildAsync();
        await AppUnderTest.PrintsAsync(building, "sleeping");
        await app.CancelAsync(waiting);
        Assert.Equal("pending", (string?)(await app.ApiAsync($"/builds/{(string)building["id"]!}"))["status"]);
        await app.CancelAsync(building);
        await app.LeavesNothingAsync(building);

        Programs.WriteTo(app, "two");
        await app.DeployArchiveAsync();
        await app.AnswersAsync("two");
        Assert.Equal(
            2,
            (await app.ApiAsync("/releases"))
                .AsArray()
                .Count(release => ((string)release!["description"]!).StartsWith("Deploy", StringComparison.Ordinal))
        );
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
        await app.CancelAsync(build);
        await app.LeavesNothingAsync(build);

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

    [Fact]
    public async Task A_release_phase_is_cancelled_with_its_build_and_the_release_before_goes_on()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("one");

        Programs.WriteTo(app, "two");
        app.Write("Procfile", "web: node server.js\nrelease: echo migrating && sleep 300\n");
        await app.CommitAsync();
        var push = app.PushAsync();
        await app.LogsAsync("migrating", seconds: 120);
        (await box.Neeto(["builds:cancel", "--app", app.Name]).RunAsync(cancel: TestContext.Current.CancellationToken)).Ok();
        var told = await push.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Contains("Release command cancelled: admin@neeto.local asked for it", told.All, StringComparison.Ordinal);

        var newest = (await app.ApiAsync("/releases")).AsArray().MaxBy(release => (int)release!["version"]!)!;
        Assert.Equal("failed", (string?)newest["status"]);
        await app.AnswersAsync("one");
        var id = (string)(await app.ApiAsync())["id"]!;
        await Wait.UntilAsync(
            "no release dyno",
            TimeSpan.FromSeconds(60),
            async () =>
                !(await EngineBelongings.ContainersAsync(box.Data)).Any(name => name.Contains($"{id}.release.", StringComparison.Ordinal))
        );

        app.Write("Procfile", "web: node server.js\n");
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("two");
    }
}
