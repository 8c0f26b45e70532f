using NeetoDeploy.Builder.Lifecycle.Platform;

namespace NeetoDeploy.Builder.Lifecycle.Classic;

/// <summary>The third argument of a classic buildpack's programs: a file for each config var. It goes away with the build.</summary>
internal sealed class ConfigVarFolder : IDisposable
{
    // The platform's, not the app's: a classic buildpack has them in its environment, and must not overwrite them from here.
    private static readonly string[] OfThePlatform = ["STACK", "SOURCE_VERSION"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("env-");

    public ConfigVarFolder(LifecyclePaths paths)
    {
        var given = new DirectoryInfo(System.IO.Path.Combine(paths.PlatformDirectory, "env"));
        foreach (var file in given.Exists ? given.GetFiles() : [])
        {
            if (!OfThePlatform.Contains(file.Name))
                file.CopyTo(System.IO.Path.Combine(Path, file.Name));
        }
    }

    public string Path => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);
}
