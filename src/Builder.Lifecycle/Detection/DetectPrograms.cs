using System.ComponentModel;
using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Builder.Lifecycle.Classic;
using NeetoDeploy.Builder.Lifecycle.Documents;
using NeetoDeploy.Builder.Lifecycle.Platform;

namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary>Runs <c>bin/detect</c> of each buildpack once, however many groups it is in.</summary>
internal sealed class DetectPrograms(
    LifecyclePaths paths,
    BuildEnvironment environment,
    Target target,
    DetectLimit limit,
    ClassicRunner classic
)
{
    private readonly Dictionary<string, Task<DetectResult>> results = new(StringComparer.Ordinal);

    /// <summary>Runs a group's programs side by side.</summary>
    public Task<DetectResult[]> RunAsync(IEnumerable<GroupMember> group) => Task.WhenAll(group.Select(m => RunAsync(m.Buildpack)));

    private Task<DetectResult> RunAsync(Buildpack buildpack) =>
        results.TryGetValue(buildpack.ToString(), out var result) ? result : results[buildpack.ToString()] = StartAsync(buildpack);

    private async Task<DetectResult> StartAsync(Buildpack buildpack)
    {
        if (buildpack.IsClassic)
            return await classic.DetectAsync(buildpack);
        if (!target.Suits(buildpack))
            return DetectResult.NotAsked(buildpack, $"it is not for {target}");
        var scratch = Directory.CreateTempSubdirectory("detect-");
        try
        {
            return await RunAsync(buildpack, Path.Combine(scratch.FullName, "plan.toml"));
        }
        catch (Win32Exception failure)
        {
            return DetectResult.Error(buildpack, $"its bin/detect cannot be run: {failure.Message}");
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private async Task<DetectResult> RunAsync(Buildpack buildpack, string plan)
    {
        await File.WriteAllTextAsync(plan, "");
        var variables = environment.For(buildpack);
        BuildEnvironment.Name(variables, buildpack, "CNB_BUILD_PLAN_PATH", plan);
        using var watch = limit.Begin(buildpack);
        var (exitCode, printed, errors) = await BuildpackProgram.CaptureAsync(
            Path.Combine(buildpack.Directory, "bin", "detect"),
            [paths.PlatformDirectory, plan],
            variables,
            paths.App,
            watch.Started
        );
        var output = printed + errors;
        return exitCode == 0 ? Read(buildpack, plan, output) : new(buildpack, exitCode, output, new());
    }

    private static DetectResult Read(Buildpack buildpack, string plan, string output)
    {
        try
        {
            var contribution = TomlFile.Read(plan, LifecycleToml.Default.BuildPlanToml, ExitCodes.Detect);
            return contribution.HasBareVersion
                ? DetectResult.Error(
                    buildpack,
                    "its plan has a key 'version' that is not in 'metadata', which is no longer supported",
                    output
                )
                : new(buildpack, 0, output, contribution);
        }
        catch (LifecycleException broken)
        {
            return DetectResult.Error(buildpack, $"its plan cannot be read: {broken.InnerException?.Message}", output);
        }
    }
}
