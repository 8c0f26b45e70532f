using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Recovery;

/// <summary>The box's own registry goes: apps do not notice, and a build either recovers or says why it failed.</summary>
[Collection(Killing.Name)]
public sealed class RegistryTests(KilledBox killed)
{
    private readonly Box box = killed.Box;

    [Theory]
    [InlineData("Node.js app detected")]
    [InlineData("Exporting")]
    public async Task A_build_outlives_a_killed_registry(string text)
    {
        await using var app = await DeployedAsync();
        await using var load = new SteadyLoad(box, app.Name);
        app.Write("server.js", Programs.Server("two"));
        var build = await app.StartBuildAsync();
        await AppUnderTest.PrintsAsync(build, text);
        await Signal.KillAsync(box.Pid("registry"));
        var (status, output) = await app.EndOfAsync(build);
        Assert.True(status == "succeeded", output);
        await app.AnswersAsync("two");
        await load.NoneFailedAsync();
    }

    [Fact]
    public async Task A_registry_that_stays_down_fails_the_build_with_the_reason_and_the_next_push_works()
    {
        await using var app = await DeployedAsync();
        await using var load = new SteadyLoad(box, app.Name);
        app.Write("server.js", Programs.Server("two"));
        var (keeper, registry) = (box.Pid("keeper"), box.Pid("registry"));
        await Signal.StopAsync(keeper);
        try
        {
            await Signal.KillAsync(registry);
            var push = (await app.DeployAsync()).Refused();
            Assert.Contains("registry", push.All, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("Push rejected", push.All, StringComparison.Ordinal);
        }
        finally
        {
            await Signal.ContinueAsync(keeper);
        }
        await app.AnswersAsync("one");
        await Wait.UntilAsync("another registry", TimeSpan.FromSeconds(30), () => Task.FromResult(box.Pid("registry") != registry));
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("two");
        await load.NoneFailedAsync();
    }

    [Fact]
    public async Task A_registry_that_hangs_fails_the_build_with_the_reason_and_the_next_push_works()
    {
        await using var app = await DeployedAsync();
        await using var load = new SteadyLoad(box, app.Name);
        app.Write("server.js", Programs.Server("two"));
        var registry = box.Pid("registry");
        await Signal.StopAsync(registry);
        try
        {
            var push = (await app.DeployAsync().WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken)).Refused();
            Assert.Contains("The registry", push.All, StringComparison.Ordinal);
            Assert.Contains("did not answer within", push.All, StringComparison.Ordinal);
            Assert.Contains("Push rejected", push.All, StringComparison.Ordinal);
        }
        finally
        {
            await Signal.ContinueAsync(registry);
        }
        await app.AnswersAsync("one");
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("two");
        await load.NoneFailedAsync();
    }

    private async Task<AppUnderTest> DeployedAsync()
    {
        var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        await app.DeployArchiveAsync();
        await app.AnswersAsync("one");
        return app;
    }
}
