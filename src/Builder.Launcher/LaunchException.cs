namespace NeetoDeploy.Builder.Launcher;

/// <summary>A process cannot be started; the message is for whoever reads the app's log.</summary>
internal sealed class LaunchException(string message, int exitCode, Exception? inner = null) : Exception(message, inner)
{
    // In the band 80–89 that the platform specification gives to launching.
    private const int CannotLaunch = 82;

    public LaunchException(string message, Exception? inner = null)
        : this(message, CannotLaunch, inner) { }

    public int ExitCode { get; } = exitCode;
}
