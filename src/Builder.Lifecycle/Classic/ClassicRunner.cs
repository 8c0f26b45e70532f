using System.ComponentModel;
using NeetoDeploy.Builder.Lifecycle.Building;
using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Builder.Lifecycle.Detection;
using NeetoDeploy.Builder.Lifecycle.Platform;

namespace NeetoDeploy.Builder.Lifecycle.Classic;

/// <summary>
/// Runs the programs of classic buildpacks, as <see href="https://devcenter.heroku.com/articles/buildpack-api"/> describes them. The app's folder is the one
/// that the app will run in, so that absolute paths which a buildpack writes down stay right.
/// </summary>
internal sealed class ClassicRunner(
    LifecyclePaths paths,
    BuildEnvironment environment,
    ClassicVariables variables,
    DetectLimit limit,
    TextWriter output
) : IDisposable
{
    private readonly Dictionary<string, BuildpackCopy> copies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly Lazy<ConfigVarFolder> configVars = new(() => new(paths));

    /// <summary>Runs <c>bin/detect BUILD</c>: exit code 0 is yes, anything else no.</summary>
    public async Task<DetectResult> DetectAsync(Buildpack buildpack)
    {
        try
        {
            using var watch = limit.Begin(buildpack);
            var copy = CopyOf(buildpack);
            var run = await BuildpackProgram.CaptureAsync(
                copy.Program("detect"),
                [paths.App],
                variables.Take(),
                copy.Folder,
                watch.Started
            );
            names[buildpack.ToString()] = run.Output.Split('\n')[0].Trim();
            return new(buildpack, run.ExitCode == 0 ? 0 : DetectResult.No, run.Output + run.Errors, new());
        }
        catch (Win32Exception failure)
        {
            return DetectResult.Error(buildpack, $"its bin/detect cannot be run: {failure.Message}");
        }
    }

    /// <summary>The name for people that <c>bin/detect</c> printed; the buildpack's own when it printed none.</summary>
    public string NameOf(Buildpack buildpack) =>
        names.GetValueOrDefault(buildpack.ToString()) is { Length: > 0 } name ? name : buildpack.Id;

    /// <summary>Runs <c>bin/compile BUILD CACHE ENV_DIR</c>, then takes what its <c>export</c> changes for later buildpacks.</summary>
    /// <exception cref="LifecycleException">It failed.</exception>
    public async Task CompileAsync(Buildpack buildpack)
    {
        await output.WriteLineAsync($"-----> {NameOf(buildpack)} app detected");
        await output.FlushAsync();
        var copy = CopyOf(buildpack);
        Directory.CreateDirectory(paths.ClassicCache);
        var exitCode = await CompileAsync(copy);
        await ReportAsync(copy);
        if (exitCode != 0)
            throw new LifecycleException(ExitCodes.BuildpackFailed, $"Buildpack {buildpack} failed to compile (exit {exitCode}).");
        if (File.Exists(copy.Export))
            environment.Change(await ExportScript.RunAsync(copy.Export, variables.Take(), paths.App));
    }

    /// <summary>Runs <c>bin/release BUILD</c> and answers the default process types.</summary>
    public async Task<IReadOnlyList<ProcessToml>> ReleaseAsync(Buildpack buildpack)
    {
        var copy = CopyOf(buildpack);
        var program = copy.Program("release");
        if (!File.Exists(program))
            return [];
        var run = await BuildpackProgram.CaptureAsync(program, [paths.App], variables.Take(), copy.Folder);
        return run.ExitCode == 0
            ? ReleaseYaml.Read(run.Output)
            : throw new LifecycleException(
                ExitCodes.BuildpackFailed,
                $"Buildpack {buildpack} failed to release (exit {run.ExitCode}).\n{run.Errors.TrimEnd()}"
            );
    }

    public void Dispose()
    {
        if (configVars.IsValueCreated)
            configVars.Value.Dispose();
        foreach (var copy in copies.Values)
            copy.Dispose();
    }

    // One cache for all of an app's buildpacks, as on Heroku: there are buildpacks whose work is to look after the others' cache.
    private string[] Arguments => [paths.App, paths.ClassicCache, configVars.Value.Path];

    private BuildpackCopy CopyOf(Buildpack buildpack) =>
        copies.TryGetValue(buildpack.ToString(), out var copy) ? copy : copies[buildpack.ToString()] = new(buildpack.Directory);

    private async Task<int> CompileAsync(BuildpackCopy copy)
    {
        try
        {
            return await BuildpackProgram.RunAsync(copy.Program("compile"), Arguments, variables.Take(), copy.Folder);
        }
        catch (Win32Exception failure)
        {
            throw new LifecycleException(
                ExitCodes.BuildpackFailed,
                $"The buildpack's bin/compile cannot be run: {failure.Message}",
                failure
            );
        }
    }

    /// <summary><c>bin/report</c> tells a platform's operators about a build, whether it succeeded or not. Nobody reads it here, but it may do more than tell.</summary>
    private async Task ReportAsync(BuildpackCopy copy)
    {
        var program = copy.Program("report");
        if (!File.Exists(program))
            return;
        try
        {
            await BuildpackProgram.CaptureAsync(program, Arguments, variables.Take(), copy.Folder);
        }
        catch (Win32Exception)
        {
            // It is not about the build.
        }
    }
}
