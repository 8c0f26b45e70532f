namespace NeetoDeploy.Core.Builds;

/// <summary>Where a build stands.</summary>
public enum BuildStatus
{
    /// <summary>Waiting for its turn, or for a builder.</summary>
    Queued,

    Running,
    Succeeded,
    Failed,
    Cancelled,
}
