using System.Diagnostics;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Recovery;

/// <summary>kill -9, at any moment. Apps keep answering; what was under way reaches one end.</summary>
[Collection(Killing.Name)]
public sealed class KillTests(KilledBox killed)
{
    private readonly Box box = killed.Box;

    [Theory]
    [InlineData("")]
    [InlineData("Node.js app detected")]
    [InlineData("Exporting")]
    [InlineData("-----> Done in")]
    public async Task A_killed_silo_ends_the_deploy_that_was_under_way_exactly_once(string text)
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app, "one");
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("one");
        await using var load = new SteadyLoad(box, app.Name, connections: 2);

        app.Write("server.js", Programs.Server("two"));
        await app.CommitAsync();
        var push = app.PushAsync();
        await ReachAsync(app, text);
        await KillAsync("silo");
        await push;

        await Wait.UntilAsync("the silo back", TimeSpan.FromSeconds(60), async () => (await app.ApiAsync("/builds")).AsArray().Count >= 1);
        await Wait.UntilAsync(
            "every build at its end",
            TimeSpan.FromSeconds(60),
            async () => (await app.ApiAsync("/builds")).AsArray().All(build => (string?)build!["status"] is "succeeded" or "failed")
        );
        await Wait.UntilAsync(
            "every release at its end",
            TimeSpan.FromSeconds(60),
            async () => (await app.ApiAsync("/releases")).AsArray().All(release => (string?)release!["status"] != "pending")
        );
        var builds = (await app.ApiAsync("/builds")).AsArray();
        var succeeded = builds.Count(build => (string?)build!["status"] == "succeeded");
        var deploys = (await app.ApiAsync("/releases"))
            .AsArray()
            .Count(release => ((string)release!["description"]!).StartsWith("Deploy", StringComparison.Ordinal));
        Assert.Equal(succeeded, deploys);

        // Whatever became of the push, the next one works.
        app.Write("server.js", Programs.Server("three"));
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("three");
        await load.NoneFailedAsync();
        await Wait.UntilAsync(
            "no build sandbox left",
            TimeSpan.FromSeconds(60),
            async () => !(await EngineBelongings.ContainersAsync(box.Data)).Any(name => name.Contains("-build-", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_killed_router_is_back_with_the_same_routes()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app, "one");
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("one");
        await KillAsync("router");
        await app.AnswersAsync("one", seconds: 20);
    }

    [Fact]
    public async Task Apps_answer_while_the_silo_is_down()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app, "one");
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("one");
        await using var load = new SteadyLoad(box, app.Name);
        await KillAsync("silo");
        await Wait.UntilAsync("the silo back", TimeSpan.FromSeconds(60), async () => (await app.ApiAsync())["name"] is not null);
        await app.AnswersAsync("one");
        await load.NoneFailedAsync();
    }

    private async Task KillAsync(string process)
    {
        var pid = box.Pid(process);
        using (var victim = Process.GetProcessById(pid))
            victim.Kill();
        await Wait.UntilAsync($"another {process}", TimeSpan.FromSeconds(30), () => Task.FromResult(box.Pid(process) != pid));
    }

    /// <summary>Returns when the newest build's output contains a text; at once when it was created for an empty one.</summary>
    private static async Task ReachAsync(AppUnderTest app, string text)
    {
        var build = await app.BuildUnderWayAsync();
        if (text.Length > 0)
            await AppUnderTest.PrintsAsync(build, text);
    }
}
