using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Core.Buildpacks;

namespace NeetoDeploy.Builder.Lifecycle.Platform;

/// <summary>The environment of buildpacks: clean, and growing by what each buildpack's build layers add for the next.</summary>
internal sealed class BuildEnvironment
{
    private static readonly Version NamesPathsSince = new(0, 8);
    private static readonly Version NamesTargetSince = new(0, 10);
    private static readonly Version NamesEnvironmentSince = new(0, 12);

    private readonly LifecyclePaths paths;
    private readonly Target target;
    private readonly ExecutionEnvironment purpose;
    private readonly IReadOnlyList<KeyValuePair<string, string>> configVars;
    private readonly IReadOnlyCollection<EnvironmentChange> operatorChanges;
    private readonly Dictionary<string, string> variables;

    public BuildEnvironment(LifecyclePaths paths, Target target, ExecutionEnvironment purpose, Func<string, string?> own)
    {
        (this.paths, this.target, this.purpose) = (paths, target, purpose);
        variables = CleanEnvironment.Take(own);
        variables["NEETO_CACHE_DIR"] = paths.Cache;
        variables["NEETO_DOWNLOADS_DIR"] = paths.Downloads;
        variables["NEETO_DEBIAN_DIR"] = paths.DebianLists;
        // Bundled buildpacks use the lifecycle's parsers (lifecycle procfile, lifecycle semver) instead of having their own.
        variables["NEETO_LIFECYCLE"] = Environment.ProcessPath ?? "lifecycle";
        configVars = ReadFolder(Path.Combine(paths.PlatformDirectory, "env"));
        operatorChanges = Changes(Path.Combine(paths.BuildConfig, "env"), EnvironmentAction.Default);
    }

    /// <summary>What one buildpack's program gets, besides the paths that differ between detect and build.</summary>
    public Dictionary<string, string> For(Buildpack buildpack)
    {
        var environment = new Dictionary<string, string>(variables, StringComparer.Ordinal);
        if (!buildpack.Descriptor.Buildpack.ClearEnv)
            EnvironmentRules.ApplyPlatform(environment, configVars);
        EnvironmentRules.Apply(environment, operatorChanges);
        // Last, so that no config var passes for what only the lifecycle may say.
        environment["CNB_BUILDPACK_DIR"] = buildpack.Directory;
        if (buildpack.Api >= NamesPathsSince)
            environment["CNB_PLATFORM_DIR"] = paths.PlatformDirectory;
        if (buildpack.Api >= NamesTargetSince)
            target.AddTo(environment);
        if (buildpack.Api >= NamesEnvironmentSince)
            environment["CNB_EXEC_ENV"] = purpose.Name;
        return environment;
    }

    /// <summary>Says where something is, to buildpacks that do not have to count arguments for it.</summary>
    public static void Name(IDictionary<string, string> environment, Buildpack buildpack, string variable, string path)
    {
        if (buildpack.Api >= NamesPathsSince)
            environment[variable] = path;
    }

    /// <summary>A copy of what every buildpack gets, without config vars.</summary>
    public Dictionary<string, string> Shared() => new(variables, StringComparer.Ordinal);

    /// <summary>Changes what later buildpacks get; null takes a variable away.</summary>
    public void Change(IReadOnlyDictionary<string, string?> changes)
    {
        foreach (var (name, value) in changes)
        {
            if (value is null)
                variables.Remove(name);
            else
                variables[name] = value;
        }
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
