using System.Collections.Immutable;
using NeetoDeploy.Builder.Tests.Driver;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>Builds an app that names its buildpacks, and keeps what the sandbox was given for them.</summary>
internal sealed class ChosenBuildpackFixture : IDisposable
{
    private ChosenBuildpackFixture(BuilderFixture builder, BuildpackServer server)
    {
        (Builder, Server) = (builder, server);
        Builder.Sandboxes.Script = Scripts.NodeAnd(sandbox =>
        {
            Order = File.Exists(sandbox["/layers/order.toml"]) ? File.ReadAllText(sandbox["/layers/order.toml"]) : "";
            Mounts = [.. sandbox.Spec.Mounts.Where(m => m.Path.StartsWith("/fetched/", StringComparison.Ordinal))];
            Command = string.Join(' ', sandbox.Command);
        });
    }

    public BuilderFixture Builder { get; }

    public BuildpackServer Server { get; }

    /// <summary>The order that the lifecycle was given.</summary>
    public string Order { get; private set; } = "";

    public string Command { get; private set; } = "";

    public IReadOnlyList<SandboxMount> Mounts { get; private set; } = [];

    public static async Task<ChosenBuildpackFixture> StartAsync(
        bool allowPrivate = true,
        Func<BuilderOptions, BuilderOptions>? adjust = null
    )
    {
        var server = new BuildpackServer();
        var builder = await BuilderFixture.StartAsync(
            new FakeImageStore(TimeProvider.System),
            o =>
            {
                var options = o with
                {
                    AllowPrivateSources = allowPrivate,
                    ClassicRegistry = new Uri(server.Url + "/classic"),
                    BuildpackIndex = new Uri(server.Url + "/index"),
                };
                return adjust?.Invoke(options) ?? options;
            }
        );
        return new(builder, server);
    }

    public BuildJob Job(params string[] buildpacks) =>
        Builder.Job(Archives.File("server.js", "1")) with
        {
            Buildpacks = [.. buildpacks.Select(b => new BuildpackRef(b))],
        };

    public async Task BuildAsync(params string[] buildpacks) => await Builder.BuildAsync(Job(buildpacks));

    /// <summary>Why the build was refused before anything ran.</summary>
    public async Task<string> RefusalAsync(params string[] buildpacks)
    {
        var failure = await Builder.FailAsync(Job(buildpacks));
        Assert.Equal(BuildPhase.Detect, failure.Phase);
        Assert.Empty(Builder.Sandboxes.Started);
        return failure.Message;
    }

    /// <summary>A file of a mounted buildpack; null when it has none.</summary>
    public string? Read(int mount, string path)
    {
        var file = Path.Combine(Mounts[mount].HostPath, path);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    public void Dispose()
    {
        Builder.Dispose();
        Server.Dispose();
    }
}
