using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using NeetoDeploy.Bench.Deploys;
using NeetoDeploy.Bench.Installations;

namespace NeetoDeploy.Bench.Builds;

/// <summary>
/// A peer of a code-only rebuild: <c>docker build</c> of the Express sample by the engine's own builder, the code in a layer above the dependencies. It stands
/// on the app's own image, so that both have the same base, Node.js and dependencies, and ends with the image on the engine; nothing is pushed.
/// </summary>
internal sealed class DockerBuild : IDisposable
{
    /// <summary>Where the app's image has what the context of <see cref="Copied"/> holds as well.</summary>
    private static readonly Dictionary<string, string> Parts = new()
    {
        ["node"] = "/layers/neeto_nodejs/node",
        ["npm"] = "/layers/neeto_nodejs/npm",
        ["node_modules"] = "/layers/neeto_nodejs/packages/node_modules",
    };

    /// <summary>The dependencies are made by a step, as most people's Dockerfiles do; the context is the code alone.</summary>
    public const string Stepped = """
        ARG base
        FROM $base
        USER root
        WORKDIR /srv
        ENV PATH=/layers/neeto_nodejs/node/bin:/usr/local/bin:/usr/bin:/bin
        COPY app/package.json app/package-lock.json ./
        RUN cp -rL /app/node_modules .
        COPY app .
        ENTRYPOINT []
        CMD ["node", "server.js"]

        """;

    /// <summary>Each layer of our image is a layer of this one, out of a context that has all of them.</summary>
    public const string Copied = """
        ARG base
        FROM $base
        USER root
        WORKDIR /srv
        ENV PATH=/opt/node/bin:/usr/local/bin:/usr/bin:/bin
        COPY node /opt/node
        COPY npm /opt/npm
        COPY node_modules node_modules
        COPY app .
        ENTRYPOINT []
        CMD ["node", "server.js"]

        """;

    private const string Label = "neeto-bench";

    private static readonly Dictionary<string, string> Environment = new() { ["DOCKER_BUILDKIT"] = "0" };

    private readonly string context = Directory.CreateTempSubdirectory("neeto-bench-context-").FullName;
    private readonly string name = $"localhost/neeto-bench:{Guid.NewGuid():n}";
    private readonly PushedSource source;
    private readonly string[] command;

    private DockerBuild(PushedSource source, string image)
    {
        this.source = source;
        command =
        [
            "docker",
            "build",
            "--quiet",
            "--force-rm",
            "--label",
            $"{Label}={name}",
            "--tag",
            name,
            "--build-arg",
            $"base={image}",
            ".",
        ];
    }

    /// <summary>Builds it for the first time.</summary>
    /// <param name="source">The app's checkout.</param>
    public static async Task<DockerBuild> CreateAsync(
        string dockerfile,
        PushedSource source,
        HttpClient api,
        string app,
        CancellationToken cancel
    )
    {
        var image = await FindImageAsync(api, app, cancel);
        var build = new DockerBuild(source, image);
        await File.WriteAllTextAsync(Path.Combine(build.context, "Dockerfile"), dockerfile, cancel);
        foreach (var (part, path) in Parts.Where(part => dockerfile.Contains($"COPY {part.Key} ", StringComparison.Ordinal)))
            await build.TakeAsync(path, part, image, cancel);
        await build.TimeAsync(cancel);
        return build;
    }

    /// <summary>The id of an app's newest image on the engine.</summary>
    public static async Task<string> FindImageAsync(HttpClient api, string app, CancellationToken cancel)
    {
        var id = (await api.GetFromJsonAsync<JsonElement>($"/apps/{app}", cancel)).GetProperty("id").GetString();
        var images = await RunAsync(["docker", "image", "ls", "--filter", $"reference=*/apps/{id}", "--format", "{{.ID}}"], "/", cancel);
        return images.Split('\n')[0].Trim();
    }

    /// <summary>Seconds that a build of what the checkout holds now takes.</summary>
    public async Task<double> TimeAsync(CancellationToken cancel)
    {
        var code = Directory.CreateDirectory(Path.Combine(context, "app")).FullName;
        foreach (var file in Directory.EnumerateFiles(source.Folder))
            File.Copy(file, Path.Combine(code, Path.GetFileName(file)), overwrite: true);
        var watch = Stopwatch.StartNew();
        await RunAsync(command, context, cancel);
        return watch.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        foreach (var words in new string[][] { ["rm", "--force", name], ["prune", "--force", "--filter", $"label={Label}={name}"] })
        {
            using var removal = Process.Start(new ProcessStartInfo("docker", ["image", .. words]) { RedirectStandardOutput = true });
            removal?.WaitForExit();
        }
        Directory.Delete(context, recursive: true);
    }

    private async Task TakeAsync(string path, string part, string image, CancellationToken cancel)
    {
        var container = (await RunAsync(["docker", "create", image], "/", cancel)).Trim();
        try
        {
            await RunAsync(["docker", "cp", "--archive", $"{container}:{path}", Path.Combine(context, part)], "/", cancel);
        }
        finally
        {
            await RunAsync(["docker", "rm", container], "/", cancel);
        }
    }

    private static Task<string> RunAsync(IReadOnlyList<string> line, string folder, CancellationToken cancel) =>
        Tool.RunAsync(line, folder, Environment, cancel);
}
