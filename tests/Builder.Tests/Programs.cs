namespace NeetoDeploy.Builder.Tests;

/// <summary>
/// The programs in sandboxes and images. Where they have been compiled ahead of time of what the tests were built from, as <c>./neeto test</c> does it, the tests
/// run those: they are what is shipped, and start in a tenth of the time.
/// </summary>
internal static class Programs
{
    public static string Lifecycle { get; } = Find("lifecycle", "NeetoDeploy.Builder.Lifecycle", "NeetoDeploy.Core");

    public static string Launcher { get; } = Find("launcher", "NeetoDeploy.Builder.Launcher");

    private static string Find(string name, string project, params string[] references)
    {
        var compiled = Path.Combine(Repository.Root, "artifacts", "lifecycle", "lifecycle", name);
        var newest = references.Append(project).Max(assembly => WrittenAt($"{Built(assembly)}.dll"));
        return WrittenAt(compiled) > newest ? compiled : Built(project);
    }

    private static string Built(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly);

    // Of a file that is not there: centuries ago.
    private static DateTime WrittenAt(string file) => File.GetLastWriteTimeUtc(file);
}
