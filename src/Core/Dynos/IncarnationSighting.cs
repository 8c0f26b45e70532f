namespace NeetoDeploy.Core.Dynos;

/// <summary>What the engine says of an incarnation.</summary>
public enum SightedPhase
{
    Absent,

    /// <summary>It exists and has not started.</summary>
    Created,
    Running,
    Exited,
}

/// <summary>All that was found out about one incarnation just now.</summary>
/// <param name="ExitCode">Set when exited; 128 + signal after a signal.</param>
/// <param name="IsListening">Something accepts connections on its port.</param>
/// <param name="IsDrained">No router sends requests to it.</param>
/// <param name="IsTold">It has been sent SIGTERM since the control plane is up.</param>
/// <param name="IsOutputRead">Everything it wrote is in the app's log.</param>
/// <param name="StartError">Why it cannot be started, for a person; null when nothing is known against it.</param>
public sealed record IncarnationSighting(
    SightedPhase Phase,
    string? Address = null,
    int? ExitCode = null,
    bool OutOfMemory = false,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? FinishedAt = null,
    bool IsListening = false,
    bool IsDrained = false,
    bool IsTold = false,
    bool IsOutputRead = false,
    string? StartError = null
)
{
    public static readonly IncarnationSighting Absent = new(SightedPhase.Absent);
}
