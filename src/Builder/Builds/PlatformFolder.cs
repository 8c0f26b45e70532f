using System.Collections.Immutable;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Builds;

/// <summary>Config vars as the buildpack API hands them over: a file each, in <c>platform/env</c>.</summary>
internal static class PlatformFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead;

    /// <param name="folder">Is made.</param>
    /// <param name="job">Its config vars win.</param>
    /// <param name="buildEnvironment">The operator's.</param>
    /// <param name="project">What <c>project.toml</c> sets.</param>
    /// <param name="user">Who may read it.</param>
    public static void Write(
        string folder,
        BuildJob job,
        ImmutableSortedDictionary<string, string> buildEnvironment,
        IEnumerable<KeyValuePair<string, string>> project,
        int user
    )
    {
        var variables = buildEnvironment
            .SetItem("STACK", job.Stack)
            .SetItem("SOURCE_VERSION", job.Source.Version ?? "")
            .SetItems(project)
            .SetItems(job.Environment);
        var env = Path.Combine(folder, "env");
        foreach (var path in new[] { folder, env })
        {
            Directory.CreateDirectory(path);
            File.SetUnixFileMode(path, FileModes.Executable);
        }
        foreach (var (name, value) in variables.Where(v => IsFileName(v.Key)))
        {
            var path = Path.Combine(env, name);
            File.WriteAllText(path, value);
            if (Environment.IsPrivilegedProcess)
                File.SetUnixFileMode(path, OwnerOnly);
            Ownership.Give(path, user);
        }
    }

    private static bool IsFileName(string name) => name is not ("" or "." or "..") && name.AsSpan().IndexOfAny('/', '\0') < 0;
}
