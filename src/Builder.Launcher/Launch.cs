using System.Diagnostics.CodeAnalysis;

namespace NeetoDeploy.Builder.Launcher;

/// <summary>Prepares a process's environment as the platform specification's launch phase says, and becomes that process.</summary>
internal static class Launch
{
    /// <summary>Does not return when it succeeds: the app's process takes the launcher's place, and with it its process id and signals.</summary>
    /// <exception cref="LaunchException">There is no such process, or it cannot be executed.</exception>
    [DoesNotReturn]
    public static int Run(string name, IReadOnlyList<string> arguments, Dictionary<string, string> environment)
    {
        var layers = environment.GetValueOrDefault("CNB_LAYERS_DIR", "/layers");
        var app = environment.GetValueOrDefault("CNB_APP_DIR", "/workspace");
        var metadata = LaunchMetadata.Load(Path.Combine(layers, "config", "metadata.toml"));
        var process = ProcessChoice.Make(metadata, Path.GetFileName(name), arguments);

        var launch = new LaunchEnvironment(LayerFolders.Find(layers, metadata), process.Type, environment);
        launch.Prepare();
        EnterDirectory(process.WorkingDirectory ?? app);
        Exec.Replace(process.Direct ? process.Words : BashCommand.For(process, launch.Profiles(app)), launch.Variables);
        return 0;
    }

    private static void EnterDirectory(string directory)
    {
        try
        {
            Environment.CurrentDirectory = directory;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LaunchException($"cannot change to the working directory '{directory}'", failure);
        }
    }
}
