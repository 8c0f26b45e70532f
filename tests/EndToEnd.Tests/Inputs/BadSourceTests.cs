using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Inputs;

/// <summary>What users get wrong: a clear reason, and nothing lost.</summary>
public sealed class BadSourceTests(SharedBox shared)
{
    private readonly Box box = shared.Box;

    [Theory]
    [InlineData("package.json", "{ \"name\": ", "package.json")]
    [InlineData("Procfile", "web node server.js\n", "Procfile")]
    public async Task A_broken_file_rejects_the_push_and_names_the_file(string file, string content, string named)
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        app.Write(file, content);
        var push = (await app.DeployAsync()).Refused();
        Assert.Contains(named, push.All, StringComparison.Ordinal);
        Assert.Contains("Push rejected", push.All, StringComparison.Ordinal);
        Assert.Contains("pre-receive hook declined", push.All, StringComparison.Ordinal);
        var build = Assert.Single((await app.ApiAsync("/builds")).AsArray());
        Assert.Equal("failed", (string?)build!["status"]);
    }

    [Fact]
    public async Task A_dependency_that_does_not_exist_rejects_the_push_and_the_app_goes_on()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("one");
        app.Write(
            "package.json",
            Programs.Package.Replace(
                "\"private\"",
                "\"dependencies\": { \"neeto-no-such-package\": \"1.0.0\" }, \"private\"",
                StringComparison.Ordinal
            )
        );
        var push = (await app.DeployAsync()).Refused();
        Assert.Contains("neeto-no-such-package", push.All, StringComparison.Ordinal);
        await app.AnswersAsync("one");
    }

    [Fact]
    public async Task Nothing_that_a_buildpack_knows_rejects_the_push()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        app.Write("README", "nothing to run");
        Assert.Contains("Push rejected", (await app.DeployAsync()).Refused().All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("process.exit(1)", "Process exited with status 1")]
    [InlineData("process.exit(0)", "Process exited with status 0")]
    public async Task An_app_that_ends_at_once_is_shown_as_crashed(string program, string line)
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        app.Write("package.json", Programs.Package);
        app.Write("server.js", program);
        (await app.DeployAsync()).Ok();
        await app.LogsAsync(line);
        await app.LogsAsync("State changed from starting to crashed");
        var (status, _) = await app.GetAsync();
        Assert.Equal(503, (int)status);
        Assert.Contains((await app.ApiAsync("/dynos")).AsArray(), dyno => (string?)dyno!["state"] is "crashed" or "starting");
    }

    [Fact]
    public async Task An_app_that_never_binds_its_port_is_R10_and_the_old_release_goes_on()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("one");
        app.Write("server.js", "setInterval(() => {}, 1000)");
        (await app.DeployAsync()).Ok();
        await app.LogsAsync("Error R10 (Boot timeout)", seconds: 120);
        await app.AnswersAsync("one");
    }

    [Fact]
    public async Task A_release_phase_that_fails_keeps_the_old_release()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        app.Write("Procfile", "web: node server.js\nrelease: echo migrating && true\n");
        Assert.Contains("migrating", (await app.DeployAsync()).Ok().All, StringComparison.Ordinal);
        await app.AnswersAsync("one");
        app.Write("server.js", Programs.Server("two"));
        app.Write("Procfile", "web: node server.js\nrelease: echo breaking && exit 3\n");
        await app.DeployAsync();
        await Wait.UntilAsync(
            "the failed release",
            TimeSpan.FromSeconds(60),
            async () => (await app.ApiAsync("/releases")).AsArray().Any(release => (string?)release!["status"] == "failed")
        );
        await app.AnswersAsync("one");
    }
}
