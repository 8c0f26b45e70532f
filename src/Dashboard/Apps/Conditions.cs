using NeetoDeploy.Core.Formations;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Dynos;

namespace NeetoDeploy.Dashboard.Apps;

/// <summary>Concludes how an app is from what a page shows of its dynos, so that the page never says two things at once.</summary>
public static class Conditions
{
    /// <summary>The worst of its dynos; one-off dynos do not count.</summary>
    public static AppStatus Of(AppView app, IEnumerable<DynoView> dynos) =>
        AppStatuses.Of(
            app.ReleasedAt is not null,
            app.Maintenance,
            app.Status == AppStatus.Deploying,
            FormationStatuses.Of([
                .. dynos.Where(dyno => dyno.Name.Type.ToString() is not ("run" or "release")).Select(dyno => dyno.Status),
            ])
        );
}
