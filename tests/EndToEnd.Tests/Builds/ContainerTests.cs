using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Builds;

/// <summary>The stack <c>container</c>, whole: Dockerfiles that a heroku.yml names, their images, the release phase, and a rollback.</summary>
public sealed class ContainerTests(SharedBox shared)
{
    private const string Yml = """
        setup:
          config:
            GREETING: hello
        build:
          docker:
            web: Dockerfile
            worker: jobs/Dockerfile
        release:
          command:
            - echo migrating $GREETING
          image: worker
        run:
          web: node server.js
        """;

    private readonly Box box = shared.Box;

    [Fact]
    public async Task A_push_builds_each_image_runs_the_release_phase_in_its_own_and_a_rollback_brings_them_back()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        using var stack = await app.PatchAsync("", new { build_stack = "container" });
        Assert.True(stack.IsSuccessStatusCode);
        app.Write("heroku.yml", Yml);
        app.Write("Dockerfile", "FROM localhost/neeto-12:build\nWORKDIR /srv\nCOPY server.js .\n");
        app.Write("jobs/Dockerfile", "FROM localhost/neeto-12:run\nCOPY jobs.sh /\nCMD [\"bash\", \"/jobs.sh\", \"$GREETING\"]\n");
        app.Write("jobs/jobs.sh", "echo working: $1 as $(id -u); sleep 100000");
        app.Write("server.js", Programs.Server("one"));

        var push = (await app.DeployAsync()).Ok();

        Assert.Contains("remote: -----> heroku.yml builds web, worker", push.All, StringComparison.Ordinal);
        Assert.Contains("remote: migrating hello", push.All, StringComparison.Ordinal);
        await app.AnswersAsync("one");
        using var scaled = await app.PatchAsync("/formation", new { updates = new[] { new { type = "worker", quantity = 1 } } });
        Assert.True(scaled.IsSuccessStatusCode);
        await app.LogsAsync("working: hello as 1000");
        var first = (int)(await app.ApiAsync("/releases/current"))["version"]!;

        app.Write("Dockerfile", "FROM localhost/neeto-12:build\nRUN echo out of luck >&2; exit 7\n");
        var refused = (await app.DeployAsync()).Refused();
        Assert.Contains("out of luck", refused.All, StringComparison.Ordinal);
        Assert.Contains(
            "the image web could not be built: Step 2/4 : RUN echo out of luck >&2; exit 7 failed",
            refused.All,
            StringComparison.Ordinal
        );

        app.Write("Dockerfile", "FROM localhost/neeto-12:build\nWORKDIR /srv\nCOPY server.js .\n");
        app.Write("server.js", Programs.Server("two"));
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("two");
        using var rollback = await app.PostAsync("/releases", new { release = $"v{first}" });
        Assert.True(rollback.IsSuccessStatusCode);
        await app.AnswersAsync("one");
    }
}
