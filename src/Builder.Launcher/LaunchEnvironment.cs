using NeetoDeploy.Core.Buildpacks;

namespace NeetoDeploy.Builder.Launcher;

/// <summary>The environment of the process to come, made from the container's and from what the layers add.</summary>
internal sealed class LaunchEnvironment(IReadOnlyList<string> layers, string? type, Dictionary<string, string> environment)
{
    private const string UsualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    // What speaks to the launcher, and to nobody behind it.
    private static readonly string[] Own =
    [
        "CNB_LAYERS_DIR",
        "CNB_APP_DIR",
        "CNB_PROCESS_TYPE",
        "CNB_PLATFORM_API",
        "CNB_DEPRECATION_MODE",
    ];

    /// <summary>What the process gets.</summary>
    public IReadOnlyDictionary<string, string> Variables => environment;

    /// <summary>Applies layer roots, then <c>env</c> folders, then what <c>exec.d</c> programs print; drops the launcher's own variables.</summary>
    public void Prepare()
    {
        HideLauncher();
        foreach (var buildpack in layers.GroupBy(Path.GetDirectoryName))
        {
            foreach (var layer in buildpack)
                AddPaths(layer);
            foreach (var folder in buildpack.SelectMany(EnvironmentFolders))
                EnvironmentRules.Apply(environment, Changes(folder));
        }
        foreach (var program in FilesIn("exec.d"))
            ExecD.Run(program, environment);
    }

    /// <summary>Scripts that bash reads before the command: those of layers, of classic buildpacks, and the app's own at the end.</summary>
    public IReadOnlyList<string> Profiles(string app)
    {
        var own = Path.Combine(app, ".profile");
        return [.. FilesIn("profile.d"), .. ClassicProfiles(app), .. File.Exists(own) ? [own] : (string[])[]];
    }

    /// <summary>
    /// What classic buildpacks leave for the running app. Heroku has them read before every process, whichever buildpack declared it: without them a
    /// process would miss the libraries and the PATH of the buildpacks beside.
    /// </summary>
    public static IReadOnlyList<string> ClassicProfiles(string app) =>
        [.. Folders(app, ".profile.d").SelectMany(Files).Where(file => file.EndsWith(".sh", StringComparison.Ordinal))];

    private void HideLauncher()
    {
        foreach (var name in Own)
            environment.Remove(name);
        var path = environment.GetValueOrDefault("PATH", UsualPath).Split(':').Where(p => p is not ("/cnb/process" or "/cnb/lifecycle"));
        environment["PATH"] = string.Join(':', path);
    }

    private void AddPaths(string layer)
    {
        foreach (var (folder, variable) in EnvironmentRules.LaunchPaths.Where(p => Directory.Exists(Path.Combine(layer, p.Folder))))
            EnvironmentRules.PrependPath(environment, variable, Path.Combine(layer, folder));
    }

    private IEnumerable<string> EnvironmentFolders(string layer) =>
        Folders(layer, "env").Concat(Folders(layer, "env.launch")).Concat(TypeFolder(layer, "env.launch"));

    /// <summary>The files for every process of all layers, then those for this process type.</summary>
    private IEnumerable<string> FilesIn(string name) =>
        layers.SelectMany(l => Folders(l, name)).Concat(layers.SelectMany(l => TypeFolder(l, name))).SelectMany(Files);

    private static IReadOnlyCollection<EnvironmentChange> Changes(string folder) =>
        [.. Files(folder).Select(f => EnvironmentChange.FromFile(Path.GetFileName(f), File.ReadAllText(f))).OfType<EnvironmentChange>()];

    private static IEnumerable<string> Folders(string layer, string name) => new[] { Path.Combine(layer, name) }.Where(Directory.Exists);

    private IEnumerable<string> TypeFolder(string layer, string name) => type is null ? [] : Folders(Path.Combine(layer, name), type);

    private static IEnumerable<string> Files(string folder) => Directory.GetFiles(folder).Order(StringComparer.Ordinal);
}
