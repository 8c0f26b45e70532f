namespace NeetoDeploy.Core.Releases;

/// <summary>What can happen to a release.</summary>
public enum ReleaseTrigger
{
    PhaseSucceeded,
    PhaseFailed,

    /// <summary>A later release was made.</summary>
    Overtaken,
}

/// <summary>The life of a release. It begins pending when it has a release phase, and succeeded when it has none.</summary>
public static class ReleaseTransitions
{
    public static ReleaseStatus First(bool hasReleasePhase) => hasReleasePhase ? ReleaseStatus.Pending : ReleaseStatus.Succeeded;

    /// <summary>Where the trigger leads; null when it has no meaning in this status.</summary>
    public static ReleaseStatus? Next(ReleaseStatus status, ReleaseTrigger trigger) =>
        (status, trigger) switch
        {
            (ReleaseStatus.Pending, ReleaseTrigger.PhaseSucceeded) => ReleaseStatus.Succeeded,
            (ReleaseStatus.Pending, ReleaseTrigger.PhaseFailed) => ReleaseStatus.Failed,
            (ReleaseStatus.Pending, ReleaseTrigger.Overtaken) => ReleaseStatus.Expired,
            _ => null,
        };
}
