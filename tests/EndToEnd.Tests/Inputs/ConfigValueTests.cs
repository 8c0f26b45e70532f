using System.IO.Compression;
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
    public async Task A_secret_is_in_no_image_layer_output_log_file_or_process_argument()
    {
        var canary = $"canary-{Guid.NewGuid():N}";
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        await using var watch = new ArgumentWatch(canary);
        using var set = await app.PatchAsync("/config-vars", new Dictionary<string, string> { ["GREETING"] = canary });
        var (status, output) = await app.EndOfAsync(await app.StartBuildAsync());
        Assert.True(status == "succeeded", output);
        Assert.DoesNotContain(canary, output, StringComparison.Ordinal);
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
        Assert.Single(BlobsWith("listening as one", id)); // the layer of the code: the search can find
        Assert.Empty(BlobsWith(canary, id));
    }

    /// <summary>What the registry keeps of an app, layers unpacked, that holds a text.</summary>
    private IEnumerable<string> BlobsWith(string text, string app)
    {
        var storage = Path.Combine(box.Data, "registry", "storage", "docker", "registry", "v2");
        var repository = Path.Combine(storage, "repositories", "apps", app);
        return Directory
            .GetDirectories(Path.Combine(repository, "_layers", "sha256"))
            .Concat(Directory.GetDirectories(Path.Combine(repository, "_manifests", "revisions", "sha256")))
            .Select(blob => Path.GetFileName(blob))
            .Distinct()
            .Select(blob => Path.Combine(storage, "blobs", "sha256", blob[..2], blob, "data"))
            .Where(file => Holds(file, Encoding.UTF8.GetBytes(text)));
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
            var isPacked = stream.ReadByte() == 0x1f && stream.ReadByte() == 0x8b;
            stream.Position = 0;
            using var content = isPacked ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream;
            return Holds(content, bytes);
        }
        catch (FileNotFoundException)
        {
            return false; // gone meanwhile, as a database's journal is
        }
    }

    private static bool Holds(Stream content, byte[] bytes)
    {
        var buffer = new byte[1 << 20];
        var kept = 0;
        while (content.Read(buffer, kept, buffer.Length - kept) is var read and > 0)
        {
            var seen = buffer.AsSpan(0, kept + read);
            if (seen.IndexOf(bytes) >= 0)
                return true;
            // What is sought may lie across two readings.
            kept = Math.Min(bytes.Length - 1, seen.Length);
            seen[^kept..].CopyTo(buffer);
        }
        return false;
    }
}
