using System.Collections.Immutable;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Grains.Formations;

/// <summary>Tells the routers.</summary>
public sealed partial class FormationGrain
{
    private AppRoute? published;

    private async Task PublishAsync(AppView app, bool isReleased)
    {
        var web = state.Value.Rows.FirstOrDefault(row => row.Type == ProcessType.Web)?.Quantity;
        // A place that is on its way out serves until its grain has said that it does not.
        var dynos = reports
            .Where(report => report.Key.Type == ProcessType.Web)
            .OrderBy(report => report.Key.Ordinal)
            .Select(report => report.Value)
            .ToList();
        ImmutableArray<RouteTarget> targets = [.. dynos.SelectMany(report => report.Serving)];
        var routeState = FormationRoute.State(app.Maintenance, isReleased, web, targets, [.. dynos.Select(report => report.Dyno.Status)]);
        ImmutableArray<string> hosts = [.. (await GrainFactory.App(App).ListDomainsAsync()).Select(domain => domain.Host)];
        var route = new AppRoute(App, app.Name, routeState, hosts, routeState == RouteState.Serving ? targets : []);
        if (route.IsSameAs(published))
            return;
        await GrainFactory.RouteTable().PublishAsync(route);
        published = route;
    }
}
