namespace NeetoDeploy.Builder.Launcher;

/// <summary>A process cannot be started; the message is for whoever reads the app's log.</summary>
internal sealed class LaunchException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>In the band 80–89 that the platform specification gives to launching.</summary>
    public const int ExitCode = 82;
}
