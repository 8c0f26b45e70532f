using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Builder.Lifecycle.Documents;
using NeetoDeploy.Builder.Lifecycle.Platform;

namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary>Runs <c>bin/detect</c> of each buildpack once, however many groups it is in.</summary>
internal sealed class DetectPrograms(LifecyclePaths paths, BuildEnvironment environment, Target target)
{
    private readonly Dictionary<string, Task<DetectResult>> results = new(StringComparer.Ordinal);

    /// <summary>Runs a group's programs side by side.</summary>
    public Task<DetectResult[]> RunAsync(IEnumerable<GroupMember> group) => Task.WhenAll(group.Select(m => RunAsync(m.Buildpack)));

    private Task<DetectResult> RunAsync(Buildpack buildpack) =>
        results.TryGetValue(buildpack.ToString(), out var result) ? result : results[buildpack.ToString()] = StartAsync(buildpack);

    private async Task<DetectResult> StartAsync(Buildpack buildpack)
    {
        if (!target.Suits(buildpack.Descriptor.Targets))
            return new(
                buildpack,
                DetectResult.No,
                $"{buildpack} is not for {target.Os}/{target.Arch} {target.DistroName} {target.DistroVersion}\n",
                new()
            );
        var scratch = Directory.CreateTempSubdirectory("detect-");
        try
        {
            var plan = Path.Combine(scratch.FullName, "plan.toml");
            await File.WriteAllTextAsync(plan, "");
            var variables = environment.For(buildpack);
            variables["CNB_BUILD_PLAN_PATH"] = plan;
            var (exitCode, output) = await BuildpackProgram.CaptureAsync(
                Path.Combine(buildpack.Directory, "bin", "detect"),
                [paths.PlatformDirectory, plan],
                variables,
                paths.App
            );
            return new(buildpack, exitCode, output, TomlFile.Read(plan, LifecycleToml.Default.BuildPlanToml, ExitCodes.Detect));
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
