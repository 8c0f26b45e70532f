using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Apps;

/// <summary>What many tests do with an app.</summary>
public static class AppSteps
{
    public const string Commit = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";

    public static async Task<AppId> CreateAppAsync(this IGrainFactory grains, string? name = null)
    {
        var app = new AppId(Guid.NewGuid());
        var created = await grains.App(app).CreateAsync(new CreateApp(name, null));
        Assert.Null(created.Error);
        return app;
    }

    public static StartBuild Build(string version = Commit) =>
        new(
            new BuildId(Guid.NewGuid()),
            new SourceRef($"file:///sources/{version}.tgz", version, null),
            ImmutableArray<BuildpackRef>.Empty
        );

    public static async Task<BuildId> StartBuildAsync(this IGrainFactory grains, AppId app, string version = Commit)
    {
        var command = Build(version);
        var started = await grains.App(app).StartBuildAsync(command);
        Assert.Null(started.Error);
        return command.Id;
    }

    public static Task<BuildView> BuildIsAsync(
        this ClusterFixture cluster,
        AppId app,
        BuildId build,
        BuildStatus status,
        Action? meanwhile = null
    ) =>
        Eventually.SeesAsync(
            $"build {build} is {status}",
            async () => (await cluster.Grains.Build(app, build).GetAsync())!,
            view => view.Status == status,
            meanwhile
        )!;

    public static async Task<BuildView> DeployAsync(this ClusterFixture cluster, AppId app, string version = Commit) =>
        await cluster.BuildIsAsync(app, await cluster.Grains.StartBuildAsync(app, version), BuildStatus.Succeeded);

    /// <summary>A build that stores its image in the registry and lets the engine fetch it, as real ones do.</summary>
    public static async Task<BuildOutcome> StoredAsync(
        this ClusterFixture cluster,
        BuildJob job,
        IBuildOutput output,
        CancellationToken cancel
    )
    {
        var ordinary = await cluster.Builder.SucceedAsync(job, output, cancel);
        var repository = ImageRepositories.Of(job.App);
        var config = Encoding.UTF8.GetBytes($"{job.App} {job.Source}");
        var blob = ImageDigest.FromHash(SHA256.HashData(config));
        await cluster.Images.PutBlobAsync(repository, blob, config.Length, new MemoryStream(config), cancel);
        var manifest = Encoding.UTF8.GetBytes($$"""{"config":{"digest":"{{blob}}"},"layers":[]}""");
        var digest = ImageDigest.FromHash(SHA256.HashData(manifest));
        await cluster.Images.PutManifestAsync(repository, digest.ToString(), "application/json", manifest, cancel);
        var image = new ImageRef(cluster.Images.Registry, repository, digest);
        await cluster.Engine.PullAsync(image, cancel);
        return ordinary.Match<BuildOutcome>(ok => new BuildOutcome.Succeeded(ok.Artifact with { Image = image }), failed => failed);
    }

    /// <summary>The control plane's lines in an app's log.</summary>
    public static async Task<string[]> ApiLinesAsync(this IGrainFactory grains, AppId app) =>
        [
            .. (await grains.Logs(app).ReadNewestAsync(1500, new LogFilter(LogEntry.Api, LogEntry.App))).Lines.Select(line =>
                line.Entry.Text
            ),
        ];
}
