namespace NeetoDeploy.Core.Buildpacks;

/// <summary>How layers and folders of the platform change a process's environment. The lifecycle and the launcher share these rules.</summary>
public static class EnvironmentRules
{
    /// <summary>The folders of a build layer that extend a search path for later buildpacks.</summary>
    public static readonly IReadOnlyList<(string Folder, string Variable)> BuildPaths =
    [
        ("bin", "PATH"),
        ("lib", "LD_LIBRARY_PATH"),
        ("lib", "LIBRARY_PATH"),
        ("include", "CPATH"),
        ("pkgconfig", "PKG_CONFIG_PATH"),
    ];

    /// <summary>The folders of a launch layer that extend a search path of the app.</summary>
    public static readonly IReadOnlyList<(string Folder, string Variable)> LaunchPaths = [("bin", "PATH"), ("lib", "LD_LIBRARY_PATH")];

    /// <summary>Applies one <c>env</c> folder's changes in the order given, which is that of the files' names.</summary>
    public static void Apply(IDictionary<string, string> environment, IReadOnlyCollection<EnvironmentChange> changes)
    {
        var delimiters = changes.Where(c => c.Action == EnvironmentAction.Delimiter).ToDictionary(c => c.Variable, c => c.Value);
        foreach (var change in changes)
            Apply(environment, change, delimiters.GetValueOrDefault(change.Variable, ""));
    }

    /// <summary>Puts a folder in front of a search path.</summary>
    public static void PrependPath(IDictionary<string, string> environment, string variable, string folder) =>
        Apply(environment, new EnvironmentChange(variable, EnvironmentAction.Prepend, folder), ":");

    /// <summary>
    /// Applies config vars, as files in <c>&lt;platform&gt;/env</c> are: they replace what is there, but go in front of search paths, so that nobody
    /// takes the buildpacks' tools away by setting PATH.
    /// </summary>
    public static void ApplyPlatform(IDictionary<string, string> environment, IEnumerable<KeyValuePair<string, string>> configVars)
    {
        foreach (var (name, value) in configVars)
        {
            if (BuildPaths.Any(p => p.Variable == name))
                PrependPath(environment, name, value);
            else
                environment[name] = value;
        }
    }

    private static void Apply(IDictionary<string, string> environment, EnvironmentChange change, string delimiter)
    {
        var old = environment.TryGetValue(change.Variable, out var value) ? value : "";
        switch (change.Action)
        {
            case EnvironmentAction.Override:
            case EnvironmentAction.Default when old.Length == 0:
                environment[change.Variable] = change.Value;
                break;
            case EnvironmentAction.Append:
                environment[change.Variable] = old.Length == 0 ? change.Value : old + delimiter + change.Value;
                break;
            case EnvironmentAction.Prepend:
                environment[change.Variable] = old.Length == 0 ? change.Value : change.Value + delimiter + old;
                break;
        }
    }
}
