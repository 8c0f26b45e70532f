using System.Net;
using System.Text;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Inputs;

public sealed class ConfigValueTests(SharedBox shared)
{
    private const string EchoServer = """
        require("http").createServer((request, response) => response.end(JSON.stringify(process.env[request.url.slice(1)] || null)))
          .listen(process.env.PORT);

        """;

    private readonly Box box = shared.Box;

    [Fact]
    public async Task Every_value_that_an_environment_can_carry_arrives_unchanged_and_others_are_refused()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        app.Write("package.json", Programs.Package);
        app.Write("server.js", EchoServer);
        var values = new Dictionary<string, string>
        {
            ["LINES"] = "first\nsecond\r\n\tthird\n",
            ["SHELL_WORDS"] = "$(touch /tmp/x) `id` ; rm -rf / && \"quoted\" 'single' \\ $HOME # * ? ~ ! | > <",
            ["LETTERS"] = "žluťoučký 日本 🚀",
            ["LARGE"] = new string('v', 60 * 1024),
        };
        using var set = await app.PatchAsync("/config-vars", values);
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        await app.DeployArchiveAsync();
        await app.AnswersAsync("null");
        foreach (var (name, value) in values)
            Assert.Equal(value, System.Text.Json.JsonSerializer.Deserialize<string>((await app.GetAsync($"/{name}")).Body));

        foreach (
            var (name, value) in new[]
            {
                ("NUL", "a\0b"),
                ("A B", "x"),
                ("A;B", "x"),
                ("$(id)", "x"),
                ("A\nB", "x"),
                ("TOO_LARGE", new string('v', 8 * 1024)),
            }
        )
        {
            using var refused = await app.PatchAsync("/config-vars", new Dictionary<string, string> { [name] = value });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }
        Assert.Equal(values.Count, (await app.ApiAsync("/config-vars")).AsObject().Count);
    }

    [Fact]
    public async Task A_secret_is_in_no_image_log_file_or_process_argument()
    {
        var canary = $"canary-{Guid.NewGuid():N}";
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        await using var watch = new ArgumentWatch(canary);
        using var set = await app.PatchAsync("/config-vars", new Dictionary<string, string> { ["GREETING"] = canary });
        await app.DeployArchiveAsync();
        await app.AnswersAsync($"one {canary}");
        (await box.Neeto(["run", "-a", app.Name, "--no-tty", "test", "-n", "$GREETING"]).RunAsync()).Ok();

        Assert.Empty(await watch.StopAsync());
        Assert.DoesNotContain(canary, await app.LogAsync(), StringComparison.Ordinal);
        var id = (string)(await app.ApiAsync())["id"]!;
        var dynos = (
            await EngineBelongings.DockerAsync([
                "ps",
                "--quiet",
                "--filter",
                $"label=neetodeploy.app={id}",
                "--filter",
                "label=neetodeploy.dyno=web.1",
            ])
        ).Ok();
        var dyno = dynos.Output.Split('\n')[0]; // the newest
        var image = (await EngineBelongings.DockerAsync(["inspect", "--format", "{{.Image}}", dyno])).Ok().Output.Trim();
        Assert.DoesNotContain(
            canary,
            (await EngineBelongings.DockerAsync(["image", "inspect", image])).Ok().Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            canary,
            (await EngineBelongings.DockerAsync(["history", "--no-trunc", image])).Ok().Output,
            StringComparison.Ordinal
        );
        // 1 is "nothing found"; 2 says so too, and that there are files the dyno may not read.
        var search = await EngineBelongings.DockerAsync([
            "exec",
            dyno,
            "grep",
            "--recursive",
            "--files-with-matches",
            "--no-messages",
            canary,
            "/app",
            "/layers",
            "/cnb",
            "/etc",
            "/tmp",
        ]);
        Assert.InRange(search.ExitCode, 1, 2);
        Assert.Empty(search.Output);
        Assert.Empty(FilesWith(canary, "db", "builds", "logs", "router", "sources", "git"));
    }

    /// <summary>Files of the installation that hold a text in the clear.</summary>
    private IEnumerable<string> FilesWith(string text, params string[] folders)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return folders
            .Select(folder => Path.Combine(box.Data, folder))
            .Where(Directory.Exists)
            .SelectMany(folder =>
                Directory.EnumerateFiles(
                    folder,
                    "*",
                    new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }
                )
            )
            .Where(file => Holds(file, bytes));
    }

    private static bool Holds(string file, byte[] bytes)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(bytes) >= 0;
        }
        catch (FileNotFoundException)
        {
            return false; // gone meanwhile, as a database's journal is
        }
    }
}
