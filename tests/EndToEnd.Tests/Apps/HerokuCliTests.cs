using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Apps;

/// <summary>The official CLI, newest and unmodified, from <c>apps:create</c> to <c>apps:destroy</c> as a user types it.</summary>
public sealed class HerokuCliTests(SharedBox shared)
{
    private readonly Box box = shared.Box;

    [Fact]
    public async Task An_app_lives_its_whole_life_by_the_official_CLI()
    {
        var name = $"cli-{Guid.NewGuid().ToString("N")[..8]}";
        var source = Directory.CreateDirectory(Path.Combine(box.Home, name)).FullName;
        async Task<string> Heroku(params string[] words) => (await box.Heroku(words, source).RunAsync()).Ok().All;
        async Task Git(params string[] words) => (await box.Program(["git", .. words], source).RunAsync()).Ok();

        Assert.Contains("admin@neeto.local", await Heroku("auth:whoami"), StringComparison.Ordinal);
        await Git("init", "--quiet", "--initial-branch", "main");
        await Git("config", "user.email", "dev@example.com");
        await Git("config", "user.name", "Dev");
        Assert.Contains(name, await Heroku("apps:create", name), StringComparison.Ordinal);
        Assert.Contains(name, await Heroku("apps"), StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(source, "package.json"), Programs.Package, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(source, "server.js"), Programs.Server("one"), TestContext.Current.CancellationToken);
        await Git("add", "--all");
        await Git("commit", "--quiet", "--message", "first");
        var push = (await box.Program(["git", "push", "heroku", "main"], source).RunAsync()).Ok().All;
        Assert.Contains("remote: -----> Node.js app detected", push, StringComparison.Ordinal);
        Assert.Contains("Released v3", push, StringComparison.Ordinal);
        Assert.Contains("Verifying deploy... done.", push, StringComparison.Ordinal);
        await Answers(name, "one ");

        Assert.Contains("GREETING: hello", await Heroku("config:set", "GREETING=hello"), StringComparison.Ordinal);
        await Answers(name, "one hello");
        Assert.Equal("hello\n", (await box.Heroku(["config:get", "GREETING"], source).RunAsync()).Ok().Output);
        Assert.Contains("GREETING", await Heroku("config"), StringComparison.Ordinal);
        Assert.Contains("v4", await Heroku("releases"), StringComparison.Ordinal);
        Assert.Contains("Set GREETING config vars", await Heroku("releases:info", "v4"), StringComparison.Ordinal);
        await Heroku("config:unset", "GREETING");
        await Answers(name, "one ");

        Assert.Contains("web.1", await Heroku("ps"), StringComparison.Ordinal);
        Assert.Contains("web at 2", await Heroku("ps:scale", "web=2"), StringComparison.Ordinal);
        await Wait.UntilAsync(
            "web.2 up",
            TimeSpan.FromSeconds(60),
            async () => (await Heroku("ps")).Contains("web.2: up", StringComparison.Ordinal)
        );
        await Heroku("ps:restart");
        await Heroku("ps:stop", "web.2");
        await Heroku("ps:scale", "web=1");

        Assert.Contains("answer 42", await Heroku("run", "--no-tty", "echo answer $((6*7))"), StringComparison.Ordinal);
        Assert.Equal(7, (await box.Heroku(["run", "--no-tty", "--exit-code", "(exit 7)"], source).RunAsync()).ExitCode);
        Assert.Contains("run.", await Heroku("run:detached", "echo detached"), StringComparison.Ordinal);
        await Wait.UntilAsync(
            "the detached run's line",
            TimeSpan.FromSeconds(60),
            async () => (await Heroku("logs", "-n", "500")).Contains("detached", StringComparison.Ordinal)
        );

        Assert.Contains("v3", await Heroku("rollback", "v3"), StringComparison.Ordinal);
        Assert.Contains("Rollback to v3", await Heroku("releases"), StringComparison.Ordinal);
        Assert.Contains($"{name}.localhost", await Heroku("domains"), StringComparison.Ordinal);
        Assert.Contains("admin@neeto.local", await Heroku("access"), StringComparison.Ordinal);
        await Heroku("buildpacks:set", "heroku/nodejs");
        Assert.Contains("heroku/nodejs", await Heroku("buildpacks"), StringComparison.Ordinal);

        await Heroku("maintenance:on");
        await Wait.UntilAsync(
            "the maintenance page",
            TimeSpan.FromSeconds(10),
            async () => (int)(await box.Web.GetAsync(new Uri(box.Url(name)))).StatusCode == 503
        );
        await Heroku("maintenance:off");
        await Answers(name, "one ");

        var renamed = name + "x";
        Assert.Contains(renamed, await Heroku("apps:rename", renamed), StringComparison.Ordinal);
        await Answers(renamed, "one ");
        Assert.Contains(
            "web: 1",
            (await Heroku("apps:info", "-a", renamed)).Replace("web:  ", "web: ", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        await Heroku("git:remote", "-a", renamed);
        await Heroku("apps:destroy", "--app", renamed, "--confirm", renamed);
        Assert.DoesNotContain(renamed, await Heroku("apps"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_reaches_a_one_off_dyno()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        (await app.DeployAsync()).Ok();
        // script(1) gives the CLI a terminal of its own, as a person's is.
        var heroku = string.Join(
            ' ',
            [
                Quote((string)box.Environment.GetValueOrDefault("HEROKU_BIN", Box.HerokuPath)),
                "run",
                "-a",
                app.Name,
                Quote("tty && stty size && echo done"),
            ]
        );
        var result = (await box.Program(["script", "--quiet", "--return", "--command", heroku, "/dev/null"]).RunAsync()).Ok();
        Assert.Contains("/dev/pts/", result.Output, StringComparison.Ordinal);
        Assert.Contains("done", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_are_followed_live()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("one");
        using var tail = box.Heroku(["logs", "--tail", "-a", app.Name]).Start();
        var lines = new List<string>();
        var reading = Task.Run(
            async () =>
            {
                while (await tail.StandardOutput.ReadLineAsync() is { } line)
                {
                    lock (lines)
                        lines.Add(line);
                }
            },
            TestContext.Current.CancellationToken
        );
        bool Has(string text)
        {
            lock (lines)
                return lines.Exists(line => line.Contains(text, StringComparison.Ordinal));
        }
        await Wait.UntilAsync("the backlog", TimeSpan.FromSeconds(60), () => Task.FromResult(Has("listening as one")));
        await app.GetAsync("/seen-live");
        await Wait.UntilAsync("the app's own line", TimeSpan.FromSeconds(20), () => Task.FromResult(Has("asked for /seen-live")));
        await Wait.UntilAsync(
            "the router's line",
            TimeSpan.FromSeconds(20),
            () => Task.FromResult(Has("path=\"/seen-live\"") || Has("path=/seen-live"))
        );
        tail.Kill(entireProcessTree: true);
        await reading;
    }

    private static string Quote(string word) => $"'{word}'";

    private Task Answers(string app, string body) =>
        Wait.UntilAsync(
            $"'{body}' from {app}",
            TimeSpan.FromSeconds(60),
            async () => await box.Web.GetStringAsync(new Uri(box.Url(app))) == body
        );
}
