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
        PlatformApi.Check(environment.GetValueOrDefault("CNB_PLATFORM_API"));
        var layers = environment.GetValueOrDefault("CNB_LAYERS_DIR", "/layers");
        var app = environment.GetValueOrDefault("CNB_APP_DIR", "/workspace");
        var metadata = LaunchMetadata.Load(Path.Combine(layers, "config", "metadata.toml"));
        PlatformApi.Check(metadata.Buildpacks);
        var purpose = environment.GetValueOrDefault("CNB_EXEC_ENV", "production");
        var process = ProcessChoice.Make(metadata, Path.GetFileName(name), arguments, purpose);

        // Programs in exec.d and profile scripts begin in the app's folder, whatever the process's own is.
        EnterDirectory(app);
        var launch = new LaunchEnvironment(LayerFolders.Find(layers, metadata), process.Type, environment);
        launch.Prepare();
        var profiles = process.Direct ? LaunchEnvironment.ClassicProfiles(app) : launch.Profiles(app);
        if (profiles.Count == 0)
            EnterDirectory(process.WorkingDirectory ?? app);
        Exec.Replace(Words(process, profiles, process.WorkingDirectory ?? app), launch.Variables);
        return 0;
    }

    private static IReadOnlyList<string> Words(ProcessChoice process, IReadOnlyList<string> profiles, string directory) =>
        !process.Direct ? BashCommand.For(process, profiles, directory)
        : profiles.Count > 0 ? BashCommand.ForWords(process.Words, profiles, directory)
        : process.Words;

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
