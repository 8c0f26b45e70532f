namespace NeetoDeploy.Builder.Lifecycle;

/// <summary>A phase cannot go on: the exit code says whose fault it is, the message what to do.</summary>
internal sealed class LifecycleException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>The buildpack that it is about, by its name for people; null when it is about none.</summary>
    public string? Buildpack { get; init; }
}
