using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Dynos;

namespace NeetoDeploy.Dashboard.Apps;

/// <summary>How an app is, in one word.</summary>
public enum Condition
{
    /// <summary>It has never been deployed.</summary>
    New,
    Up,

    /// <summary>Dynos are on their way.</summary>
    Starting,
    Crashed,

    /// <summary>Nobody reaches it, because its people said so.</summary>
    Maintenance,

    /// <summary>No dyno is wanted.</summary>
    Stopped,
}

/// <summary>Concludes how an app is.</summary>
public static class Conditions
{
    /// <summary>The worst of its dynos; one-off dynos do not count.</summary>
    public static Condition Of(AppView app, IReadOnlyCollection<DynoView> dynos)
    {
        var formation = dynos.Where(dyno => dyno.Name.Type.ToString() is not ("run" or "release")).Select(dyno => dyno.Status).ToList();
        return app.ReleasedAt is null ? Condition.New
            : app.Maintenance ? Condition.Maintenance
            : formation.Contains(DynoStatus.Crashed) ? Condition.Crashed
            : formation.Count == 0 || formation.TrueForAll(status => status == DynoStatus.Down) ? Condition.Stopped
            : formation.TrueForAll(status => status is DynoStatus.Up or DynoStatus.Idle) ? Condition.Up
            : Condition.Starting;
    }
}
