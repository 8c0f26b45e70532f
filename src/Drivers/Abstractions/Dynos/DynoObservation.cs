namespace NeetoDeploy.Drivers.Abstractions.Dynos;

/// <summary>What the engine says of an incarnation.</summary>
public enum DynoPhase
{
    /// <summary>It exists and has not started.</summary>
    Created,
    Running,
    Exited,
}

/// <summary>A driver's opaque memory of an incarnation; keep it and hand it back after a restart.</summary>
public sealed record DynoHandle(string Value);

/// <summary>One incarnation as the driver found it.</summary>
/// <param name="Address">Its IP address, reachable from the routers; null when it has none.</param>
/// <param name="ExitCode">Set when exited; 128 + signal after a signal.</param>
/// <param name="OutOfMemory">The kernel killed it for memory.</param>
public sealed record DynoObservation(
    DynoKey Key,
    DynoHandle Handle,
    DynoPhase Phase,
    string? Address,
    int? ExitCode,
    bool OutOfMemory,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt
);
