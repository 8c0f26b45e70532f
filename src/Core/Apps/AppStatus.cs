using NeetoDeploy.Core.Formations;

namespace NeetoDeploy.Core.Apps;

/// <summary>How an app is, in one word.</summary>
public enum AppStatus
{
    /// <summary>Nobody has concluded it yet.</summary>
    Unknown,

    /// <summary>It has never been deployed.</summary>
    New,

    /// <summary>A build is under way.</summary>
    Deploying,
    Up,

    /// <summary>Dynos are on their way.</summary>
    Starting,
    Crashed,

    /// <summary>Its dynos sleep until somebody asks for them.</summary>
    Idle,

    /// <summary>Nobody reaches it, because its people said so.</summary>
    Maintenance,

    /// <summary>No dyno is wanted.</summary>
    Stopped,
}

/// <summary>Concludes how an app is.</summary>
public static class AppStatuses
{
    /// <summary>What its people do with it comes before how its dynos are.</summary>
    /// <param name="formation">Null: not known yet.</param>
    public static AppStatus Of(bool isReleased, bool isInMaintenance, bool isDeploying, FormationStatus? formation) =>
        isReleased && isInMaintenance ? AppStatus.Maintenance
        : isDeploying ? AppStatus.Deploying
        : !isReleased ? AppStatus.New
        : formation switch
        {
            FormationStatus.Up => AppStatus.Up,
            FormationStatus.Starting => AppStatus.Starting,
            FormationStatus.Crashed => AppStatus.Crashed,
            FormationStatus.Idle => AppStatus.Idle,
            FormationStatus.Stopped => AppStatus.Stopped,
            _ => AppStatus.Unknown,
        };
}
