namespace NeetoDeploy.Builder.Lifecycle.Classic;

/// <summary>
/// A classic buildpack where it may write: it leaves its <c>export</c> file in its own folder, and the installation's copy is shared and read-only.
/// </summary>
internal sealed class BuildpackCopy : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("buildpack-");

    public BuildpackCopy(string original)
    {
        Copy(new DirectoryInfo(original), folder.FullName);
        // Heroku does not ask for the executable bit, and some archives have lost it.
        foreach (var program in Directory.GetFiles(Path.Combine(folder.FullName, "bin")))
            File.SetUnixFileMode(program, File.GetUnixFileMode(program) | Executable);
    }

    /// <summary>Where its programs begin, as on Heroku: there are buildpacks that name files of their own from here.</summary>
    public string Folder => folder.FullName;

    /// <summary>The path of one of its programs.</summary>
    public string Program(string name) => Path.Combine(folder.FullName, "bin", name);

    /// <summary>What it wants later buildpacks to have in their environment.</summary>
    public string Export => Path.Combine(folder.FullName, "export");

    public void Dispose() => folder.Delete(recursive: true);

    private static void Copy(DirectoryInfo from, string to)
    {
        foreach (var entry in from.EnumerateFileSystemInfos())
        {
            var place = Path.Combine(to, entry.Name);
            if (entry.LinkTarget is { } target)
                File.CreateSymbolicLink(place, target);
            else if (entry is DirectoryInfo inner)
                Copy(inner, Directory.CreateDirectory(place).FullName);
            else
                File.Copy(entry.FullName, place);
        }
    }
}
