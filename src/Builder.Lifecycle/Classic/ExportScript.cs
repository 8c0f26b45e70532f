using NeetoDeploy.Builder.Lifecycle.Platform;

namespace NeetoDeploy.Builder.Lifecycle.Classic;

/// <summary>A buildpack's <c>export</c> file: bash that changes the environment of the buildpacks after it.</summary>
internal static class ExportScript
{
    // Nothing is put into this text: the paths arrive as arguments. The path of env is whole because the script may have changed PATH.
    private const string SourceAndList = ". \"$1\" || exit; exec /usr/bin/env -0 > \"$2\"";

    // bash sets them by itself.
    private static readonly string[] OfBash = ["_", "SHLVL", "PWD", "OLDPWD"];

    /// <summary>What the script changes in an environment: new values, and null for what it takes away.</summary>
    /// <exception cref="LifecycleException">The script failed.</exception>
    public static async Task<Dictionary<string, string?>> RunAsync(
        string script,
        IReadOnlyDictionary<string, string> before,
        string directory
    )
    {
        var list = Path.GetTempFileName();
        try
        {
            var exitCode = await BuildpackProgram.RunAsync("bash", ["-c", SourceAndList, "bash", script, list], before, directory);
            if (exitCode != 0)
                throw new LifecycleException(ExitCodes.BuildpackFailed, $"The buildpack's export file failed (exit {exitCode}).");
            return Difference(before, Read(await File.ReadAllTextAsync(list)));
        }
        finally
        {
            File.Delete(list);
        }
    }

    private static Dictionary<string, string> Read(string list) =>
        list.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('=', 2))
            .Where(pair => pair.Length == 2 && !OfBash.Contains(pair[0]))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static Dictionary<string, string?> Difference(IReadOnlyDictionary<string, string> before, Dictionary<string, string> after)
    {
        var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in after)
        {
            if (!before.TryGetValue(name, out var old) || old != value)
                changes[name] = value;
        }
        foreach (var name in before.Keys.Where(name => !after.ContainsKey(name) && !OfBash.Contains(name)))
            changes[name] = null;
        return changes;
    }
}
