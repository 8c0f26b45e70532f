using NeetoDeploy.Builder.Lifecycle.Building;
using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Builder.Lifecycle.Detection;
using NeetoDeploy.Builder.Lifecycle.Platform;
using NeetoDeploy.Builder.Lifecycle.Restoration;

namespace NeetoDeploy.Builder.Lifecycle;

/// <summary>The phases that run in a build sandbox: each alone, or all in one process. Analyze and export need the registry and run outside.</summary>
internal sealed class Creator
{
    private readonly PhaseClock clock;
    private readonly DetectPhase detect;
    private readonly RestorePhase restore;
    private readonly BuildPhase build;

    public Creator(LifecyclePaths paths, TimeProvider time, TextWriter errors)
    {
        RequireDirectory("app", paths.App);
        RequireDirectory("layers", paths.Layers);
        var target = Target.Here();
        var catalog = new BuildpackCatalog(paths.Buildpacks);
        var environment = new BuildEnvironment(paths, target, Environment.GetEnvironmentVariable);
        clock = new(time, paths.Phases);
        detect = new(paths, catalog, new(paths, environment, target), errors);
        restore = new(paths);
        build = new(paths, catalog, environment);
    }

    public Task DetectAsync() => RunAsync("detect", ExitCodes.Detect, detect.RunAsync);

    public Task RestoreAsync() =>
        RunAsync(
            "restore",
            ExitCodes.Restore,
            () =>
            {
                restore.Run();
                return Task.CompletedTask;
            }
        );

    public Task BuildAsync() => RunAsync("build", ExitCodes.Build, build.RunAsync);

    public async Task CreateAsync()
    {
        await DetectAsync();
        await RestoreAsync();
        await BuildAsync();
    }

    private async Task RunAsync(string phase, int failure, Func<Task> run)
    {
        try
        {
            await clock.MeasureAsync(phase, run);
        }
        catch (Exception disk) when (disk is IOException or UnauthorizedAccessException)
        {
            throw new LifecycleException(failure, $"The {phase} phase cannot go on: {disk.Message}", disk);
        }
    }

    private static void RequireDirectory(string flag, string path)
    {
        if (!Directory.Exists(path))
            throw new LifecycleException(ExitCodes.InvalidArguments, $"-{flag} {path} is no directory");
    }
}
