using NeetoDeploy.Builder.Lifecycle.Building;
using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Builder.Lifecycle.Classic;
using NeetoDeploy.Builder.Lifecycle.Detection;
using NeetoDeploy.Builder.Lifecycle.Platform;
using NeetoDeploy.Builder.Lifecycle.Restoration;

namespace NeetoDeploy.Builder.Lifecycle;

/// <summary>The phases that run in a build sandbox: each alone, or all in one process. Analyze and export need the registry and run outside.</summary>
internal sealed class Creator : IDisposable
{
    private readonly LifecyclePaths paths;
    private readonly PhaseClock clock;
    private readonly DetectPhase detect;
    private readonly RestorePhase restore;
    private readonly BuildPhase build;
    private readonly ClassicRunner classic;

    public Creator(Arguments arguments, Version platform, TimeProvider time, TextWriter output, TextWriter errors)
    {
        paths = LifecyclePaths.From(arguments);
        RequireDirectory("app", paths.App);
        RequireDirectory("layers", paths.Layers);
        var purpose = ExecutionEnvironment.From(arguments, platform);
        var target = Target.Of(paths.Analyzed);
        var catalog = new BuildpackCatalog(paths.Buildpacks);
        var environment = new BuildEnvironment(paths, target, purpose, Environment.GetEnvironmentVariable);
        clock = new(time, paths.Phases);
        var limit = DetectLimit.From(arguments, paths, errors);
        classic = new(paths, environment, new(paths, environment, Environment.GetEnvironmentVariable), limit, output);
        detect = new(paths, catalog, new(catalog, purpose), new(paths, environment, target, limit, classic), errors);
        restore = new(paths, purpose, RestorationWanted(arguments));
        build = new(paths, catalog, environment, detect, classic);
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

    public void Dispose() => classic.Dispose();

    private async Task RunAsync(string phase, int failure, Func<Task> run)
    {
        try
        {
            await clock.MeasureAsync(phase, run);
        }
        catch (LifecycleException refused) when (refused.Buildpack is { } name)
        {
            await File.WriteAllTextAsync(paths.FailedBuildpack, name);
            throw;
        }
        catch (Exception disk) when (disk is IOException or UnauthorizedAccessException)
        {
            throw new LifecycleException(failure, $"The {phase} phase cannot go on: {disk.Message}", disk);
        }
    }

    private static bool RestorationWanted(Arguments arguments) =>
        !arguments.IsOn("skip-restore", "CNB_SKIP_RESTORE") && !arguments.IsOn("skip-layers", "CNB_SKIP_LAYERS");

    private static void RequireDirectory(string flag, string path)
    {
        if (!Directory.Exists(path))
            throw new LifecycleException(ExitCodes.InvalidArguments, $"-{flag} {path} is no directory");
    }
}
