using System.Globalization;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Creators;

/// <summary>
/// Runs a builder's own lifecycle: all its phases in one command (buildpacks platform specification, "creator"), as the builder's unprivileged user, in a sandbox
/// of its own. It is given images in a folder and leaves one there, so that it needs no registry.
/// </summary>
internal sealed class CreatorRun(IBuildSandboxes sandboxes, BuilderOptions options)
{
    private const string App = "/workspace";

    /// <summary>Answers the lifecycle's exit code.</summary>
    public async Task<int> RunAsync(
        BuildJob job,
        AppFolder folder,
        StackImages stack,
        BuilderImage builder,
        bool hasPrevious,
        Func<ReadOnlyMemory<byte>, ValueTask> output,
        CancellationToken cancel
    )
    {
        var spec = new BuildSandboxSpec(
            LifecycleRun.NameOf(job),
            job.Stack,
            [
                new(folder.App, App, ReadOnly: false),
                new(folder.Layers, "/layers", ReadOnly: false),
                new(folder.Layout, "/layout", ReadOnly: false),
                new(folder.Platform, "/platform", ReadOnly: true),
                new(folder.Cache, "/cache", ReadOnly: false),
                new(Path.Combine(folder.Cache, "home"), builder.Home, ReadOnly: false),
                new(folder.Temporary, "/tmp", ReadOnly: false),
                new(folder.Temporary, "/var/tmp", ReadOnly: false),
                .. options.SandboxMounts,
            ],
            options.SandboxMemoryBytes,
            options.SandboxCpuMillis,
            options.SandboxPidsLimit
        );
        await using var sandbox = await sandboxes.StartAsync(spec, cancel);
        return await sandbox.RunAsync(Command(stack, hasPrevious), Variables(job, builder), App, output, cancel);
    }

    private static string[] Command(StackImages stack, bool hasPrevious) =>
        [
            "/cnb/lifecycle/creator",
            "-app",
            App,
            "-layers",
            "/layers",
            "-platform",
            "/platform",
            "-cache-dir",
            "/cache",
            "-layout",
            "-layout-dir",
            "/layout",
            "-run-image",
            LayoutNames.RunImage,
            "-uid",
            stack.UserId.ToString(CultureInfo.InvariantCulture),
            "-gid",
            stack.GroupId.ToString(CultureInfo.InvariantCulture),
            .. hasPrevious ? ["-previous-image", LayoutNames.Previous] : Array.Empty<string>(),
            LayoutNames.Built,
        ];

    private Dictionary<string, string> Variables(BuildJob job, BuilderImage builder)
    {
        const string Epoch = "SOURCE_DATE_EPOCH";
        var variables = new Dictionary<string, string>(options.BuildEnvironment)
        {
            ["CNB_PLATFORM_API"] = builder.PlatformApi,
            // The layout is one: the lifecycle would say so in every build, or refuse.
            ["CNB_EXPERIMENTAL_MODE"] = "quiet",
        };
        if (job.Environment.TryGetValue(Epoch, out var time))
            variables[Epoch] = time;
        return variables;
    }
}
