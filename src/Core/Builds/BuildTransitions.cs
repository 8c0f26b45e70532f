namespace NeetoDeploy.Core.Builds;

/// <summary>What can happen to a build.</summary>
public enum BuildTrigger
{
    /// <summary>A builder takes it, or takes it again after the one before was lost.</summary>
    Start,
    Succeed,
    Fail,
    Cancel,
}

/// <summary>The life of a build. An end is final: what is told afterwards changes nothing.</summary>
public static class BuildTransitions
{
    /// <summary>Where the trigger leads; null when it has no meaning in this status.</summary>
    public static BuildStatus? Next(BuildStatus status, BuildTrigger trigger) =>
        (status, trigger) switch
        {
            (BuildStatus.Queued or BuildStatus.Running, BuildTrigger.Start) => BuildStatus.Running,
            (BuildStatus.Running, BuildTrigger.Succeed) => BuildStatus.Succeeded,
            (BuildStatus.Queued or BuildStatus.Running, BuildTrigger.Fail) => BuildStatus.Failed,
            (BuildStatus.Queued or BuildStatus.Running, BuildTrigger.Cancel) => BuildStatus.Cancelled,
            _ => null,
        };

    /// <summary>Whether a build in this status has ended.</summary>
    public static bool IsEnd(this BuildStatus status) => status is BuildStatus.Succeeded or BuildStatus.Failed or BuildStatus.Cancelled;
}
