using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Core.Buildpacks;

namespace NeetoDeploy.Builder.Lifecycle.Platform;

/// <summary>The environment of buildpacks: clean, and growing by what each buildpack's build layers add for the next.</summary>
internal sealed class BuildEnvironment
{
    private readonly LifecyclePaths paths;
    private readonly IReadOnlyList<KeyValuePair<string, string>> configVars;
    private readonly Dictionary<string, string> variables;

    public BuildEnvironment(LifecyclePaths paths, Target target, Func<string, string?> own)
    {
        this.paths = paths;
        variables = CleanEnvironment.Take(own);
        target.AddTo(variables);
        variables["CNB_PLATFORM_DIR"] = paths.PlatformDirectory;
        variables["CNB_APP_DIR"] = paths.App;
        variables["NEETO_CACHE_DIR"] = paths.Cache;
        variables["NEETO_DOWNLOADS_DIR"] = paths.Downloads;
        // Bundled buildpacks use the lifecycle's parsers (lifecycle procfile, lifecycle semver) instead of having their own.
        variables["NEETO_LIFECYCLE"] = Environment.ProcessPath ?? "lifecycle";
        configVars = ReadFolder(Path.Combine(paths.PlatformDirectory, "env"));
    }

    /// <summary>What one buildpack's program gets, besides what is only its own.</summary>
    public Dictionary<string, string> For(Buildpack buildpack)
    {
        var environment = new Dictionary<string, string>(variables, StringComparer.Ordinal);
        if (!buildpack.Descriptor.Buildpack.ClearEnv)
            EnvironmentRules.ApplyPlatform(environment, configVars);
        EnvironmentRules.Apply(environment, Changes(Path.Combine(paths.BuildConfig, "env"), EnvironmentAction.Default));
        environment["CNB_BUILDPACK_DIR"] = buildpack.Directory;
        return environment;
    }

    /// <summary>Lets later buildpacks see a build layer.</summary>
    public void AddLayer(string layer)
    {
        foreach (var (folder, variable) in EnvironmentRules.BuildPaths.Where(p => Directory.Exists(Path.Combine(layer, p.Folder))))
            EnvironmentRules.PrependPath(variables, variable, Path.Combine(layer, folder));
        EnvironmentRules.Apply(variables, Changes(Path.Combine(layer, "env"), EnvironmentAction.Override));
        EnvironmentRules.Apply(variables, Changes(Path.Combine(layer, "env.build"), EnvironmentAction.Override));
    }

    private static IReadOnlyCollection<EnvironmentChange> Changes(string folder, EnvironmentAction bare) =>
        [.. ReadFolder(folder).Select(f => EnvironmentChange.FromFile(f.Key, f.Value, bare)).OfType<EnvironmentChange>()];

    private static IReadOnlyList<KeyValuePair<string, string>> ReadFolder(string folder) =>
        !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory
                    .GetFiles(folder)
                    .Order(StringComparer.Ordinal)
                    .Select(f => KeyValuePair.Create(Path.GetFileName(f), File.ReadAllText(f))),
            ];
}
