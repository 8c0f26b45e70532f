using System.Diagnostics;
using System.Globalization;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Recovery;

/// <summary>kill -9 of the container engine. Only an engine that the test run itself has started is killed: a developer's own has other work.</summary>
[Collection(Alone.Name)]
public sealed class EngineKillTests(SharedBox shared)
{
    private const string PidFile = "/var/run/docker.pid";

    private readonly Box box = shared.Box;

    [Fact]
    public async Task A_killed_engine_comes_back_and_so_do_the_dynos()
    {
        if (Environment.GetEnvironmentVariable("NEETO_TEST_ENGINE") != "ours")
            Assert.Skip("The engine was running before the tests; it is not ours to kill.");
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app, "one");
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("one");

        var before = Pid();
        using (var engine = Process.GetProcessById(before))
            engine.Kill();
        await Wait.UntilAsync(
            "another engine",
            TimeSpan.FromSeconds(90),
            async () =>
                Pid() != before && (await EngineBelongings.DockerAsync(["version", "--format", "{{.Server.Version}}"])).ExitCode == 0
        );
        await app.AnswersAsync("one", seconds: 90);
        app.Write("server.js", Programs.Server("two"));
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("two", seconds: 90);
    }

    private static int Pid() => int.Parse(File.ReadAllText(PidFile), CultureInfo.InvariantCulture);
}
