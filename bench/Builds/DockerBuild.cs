using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using NeetoDeploy.Bench.Deploys;
using NeetoDeploy.Bench.Installations;

namespace NeetoDeploy.Bench.Builds;

/// <summary>
/// The peer of a code-only rebuild: <c>docker build</c> of the Express sample, its dependencies in a step that comes before the code's. It stands on the app's
/// own image, so that both have the same Node.js and the same dependencies, and ends with the image on the engine; nothing is pushed.
/// </summary>
internal sealed class DockerBuild : IDisposable
{
    private const string Dockerfile = """
        ARG base
        FROM $base
        USER root
        WORKDIR /srv
        ENV PATH=/layers/neeto_nodejs/node/bin:/usr/local/bin:/usr/bin:/bin
        COPY package.json package-lock.json ./
        RUN cp -rL /app/node_modules .
        COPY . .
        ENTRYPOINT []
        CMD ["node", "server.js"]

        """;

    private static readonly Dictionary<string, string> Environment = new() { ["DOCKER_BUILDKIT"] = "0" };

    private readonly PushedSource source;
    private readonly string[] command;
    private readonly string name;

    private DockerBuild(PushedSource source, string image)
    {
        (this.source, name) = (source, $"localhost/neeto-bench:{Guid.NewGuid():n}");
        command = ["docker", "build", "--quiet", "--tag", name, "--build-arg", $"base={image}", "."];
    }

    /// <summary>Builds it for the first time.</summary>
    /// <param name="source">The app's checkout; the build's files are written into it.</param>
    public static async Task<DockerBuild> CreateAsync(PushedSource source, HttpClient api, string app, CancellationToken cancel)
    {
        var id = (await api.GetFromJsonAsync<JsonElement>($"/apps/{app}", cancel)).GetProperty("id").GetString();
        var images = await RunAsync(["docker", "image", "ls", "--filter", $"reference=*/apps/{id}", "--format", "{{.ID}}"], "/", cancel);
        await File.WriteAllTextAsync(Path.Combine(source.Folder, "Dockerfile"), Dockerfile, cancel);
        await File.WriteAllTextAsync(Path.Combine(source.Folder, ".dockerignore"), ".git\nnode_modules\nDockerfile\n", cancel);
        var build = new DockerBuild(source, images.Split('\n')[0].Trim());
        await build.TimeAsync(cancel);
        return build;
    }

    /// <summary>Seconds that a build of what the checkout holds now takes.</summary>
    public async Task<double> TimeAsync(CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        await RunAsync(command, source.Folder, cancel);
        return watch.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        using var removal = Process.Start(
            new ProcessStartInfo("docker", ["image", "rm", "--force", name]) { RedirectStandardOutput = true }
        );
        removal?.WaitForExit();
    }

    private static Task<string> RunAsync(IReadOnlyList<string> line, string folder, CancellationToken cancel) =>
        Tool.RunAsync(line, folder, Environment, cancel);
}
