namespace NeetoDeploy.Core.Releases;

/// <summary>Where a release stands. Only a succeeded release runs dynos.</summary>
public enum ReleaseStatus
{
    /// <summary>Its release phase is waiting or running.</summary>
    Pending,

    /// <summary>It may run.</summary>
    Succeeded,

    /// <summary>Its release phase failed; the release before it goes on running.</summary>
    Failed,

    /// <summary>A later release overtook it before its release phase ended.</summary>
    Expired,
}
