using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Apps;

public sealed class NeetoCliTests(SharedBox shared)
{
    private readonly Box box = shared.Box;

    [Fact]
    public async Task A_folder_is_deployed_run_in_and_followed_by_the_own_CLI()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        var deploy = (await box.Neeto(["deploy", "-a", app.Name], app.Source).RunAsync()).Ok();
        Assert.Contains("Node.js app detected", deploy.All, StringComparison.Ordinal);
        Assert.Contains($"Released v3: http://{app.Name}.localhost:{box.RouterPort}/", deploy.All, StringComparison.Ordinal);
        await app.AnswersAsync("one");

        Assert.Equal(7, (await box.Neeto(["run", "-a", app.Name, "--no-tty", "exit 7"]).RunAsync()).ExitCode);
        var run = (
            await box.Neeto(["run", "-a", app.Name, "--no-tty", "cat && echo answer $((6*7))"]).RunAsync("from standard input\n")
        ).Ok();
        Assert.Contains("from standard input", run.Output, StringComparison.Ordinal);
        Assert.Contains("answer 42", run.Output, StringComparison.Ordinal);
        await FollowsAsync(app);

        app.Write("package.json", "{ \"name\": ");
        var broken = (await box.Neeto(["deploy", "-a", app.Name], app.Source).RunAsync()).Refused();
        Assert.Contains("package.json", broken.All, StringComparison.Ordinal);
        await app.AnswersAsync("one");
    }

    private async Task FollowsAsync(AppUnderTest app)
    {
        using var tail = box.Neeto(["logs", "-a", app.Name, "--tail"]).Start();
        var seen = new TaskCompletionSource();
        var reading = Task.Run(
            async () =>
            {
                while (await tail.StandardOutput.ReadLineAsync() is { } line)
                {
                    if (line.Contains("asked for /seen-live", StringComparison.Ordinal))
                        seen.TrySetResult();
                }
            },
            TestContext.Current.CancellationToken
        );
        await app.GetAsync("/seen-live");
        await seen.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        tail.Kill(entireProcessTree: true);
        await reading;
    }
}
