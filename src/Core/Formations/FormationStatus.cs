using NeetoDeploy.Core.Dynos;

namespace NeetoDeploy.Core.Formations;

/// <summary>How an app's dynos are, all together. One-off dynos do not count.</summary>
public enum FormationStatus
{
    /// <summary>No dyno is wanted.</summary>
    Stopped,

    /// <summary>Dynos are on their way.</summary>
    Starting,
    Up,

    /// <summary>Every dyno sleeps until it is asked for.</summary>
    Idle,
    Crashed,
}

/// <summary>Concludes how dynos are.</summary>
public static class FormationStatuses
{
    /// <summary>The worst of them.</summary>
    public static FormationStatus Of(IReadOnlyCollection<DynoStatus> dynos) =>
        dynos.Contains(DynoStatus.Crashed) ? FormationStatus.Crashed
        : dynos.All(dyno => dyno == DynoStatus.Down) ? FormationStatus.Stopped
        : dynos.All(dyno => dyno == DynoStatus.Idle) ? FormationStatus.Idle
        : dynos.All(dyno => dyno is DynoStatus.Up or DynoStatus.Idle) ? FormationStatus.Up
        : FormationStatus.Starting;
}
