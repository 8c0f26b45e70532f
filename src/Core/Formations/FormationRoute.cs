using System.Collections.Immutable;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Core.Formations;

/// <summary>What routers shall do with an app's requests.</summary>
public static class FormationRoute
{
    /// <param name="web">Quantity of web dynos; null when there is no such process type.</param>
    /// <param name="statuses">Of the web dynos.</param>
    /// <param name="isReleased">The app has something to run.</param>
    public static RouteState State(
        bool isInMaintenance,
        bool isReleased,
        int? web,
        ImmutableArray<RouteTarget> targets,
        ImmutableArray<DynoStatus> statuses
    )
    {
        if (isInMaintenance)
            return RouteState.Maintenance;
        if (!isReleased)
            return RouteState.Blank;
        if (web is null or 0)
            return RouteState.NoWebDynos;
        if (!targets.IsEmpty)
            return RouteState.Serving;
        return !statuses.IsEmpty && statuses.All(status => status == DynoStatus.Crashed) ? RouteState.Crashed : RouteState.Starting;
    }
}
