namespace NeetoDeploy.Cli;

/// <summary>A failure that a person can do something about.</summary>
/// <param name="message">What happened, and why.</param>
/// <param name="advice">What to do next; null when the message says it.</param>
internal sealed class CliException(int exitCode, string message, string? advice = null) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public string? Advice { get; } = advice;
}
