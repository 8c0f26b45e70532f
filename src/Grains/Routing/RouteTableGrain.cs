using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Grains.Interfaces.Routing;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Routing;

/// <summary>Stores a route, then tells the routers.</summary>
[GrainType("routetable")]
public sealed class RouteTableGrain(
    [PersistentState(RouteTableState.StateName)] IPersistentState<RouteTableState> storage,
    IRouteStore store,
    TimeProvider time
) : Grain, IRouteTableGrain
{
    private const int VersionBlock = 1_000;
    private static readonly TimeSpan FollowerLifetime = TimeSpan.FromSeconds(90);

    private readonly Stored<RouteTableState> state = new(storage);
    private readonly Dictionary<AppId, AppRoute> routes = [];
    private readonly Dictionary<IRouteObserver, DateTimeOffset> followers = [];
    private RouterFleet fleet = null!;
    private long version;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var route in await store.LoadAsync(cancellationToken))
            routes[route.App] = route;
        version = state.Value.ReservedVersion;
        await AdvanceAsync();
        fleet = new RouterFleet(version, time.GetUtcNow());
        await base.OnActivateAsync(cancellationToken);
    }

    public async Task<long> PublishAsync(AppRoute route)
    {
        var before = routes.GetValueOrDefault(route.App);
        if (route.IsSameAs(before))
            return version;
        await store.PutAsync(route, CancellationToken.None);
        await AdvanceAsync();
        routes[route.App] = route;
        Note(before, route);
        Tell(new RouteMessage(version, null, route, null));
        return version;
    }

    public async Task<long> RemoveAsync(AppId app)
    {
        if (!routes.TryGetValue(app, out var before))
            return version;
        await store.RemoveAsync(app, CancellationToken.None);
        await AdvanceAsync();
        routes.Remove(app);
        Note(before, null);
        Tell(new RouteMessage(version, null, null, app));
        return version;
    }

    public Task<RouteMessage> FollowAsync(IRouteObserver observer)
    {
        followers[observer] = time.GetUtcNow() + FollowerLifetime;
        return Task.FromResult(new RouteMessage(version, [.. routes.Values], null, null));
    }

    public Task UnfollowAsync(IRouteObserver observer)
    {
        followers.Remove(observer);
        return Task.CompletedTask;
    }

    public Task ReportAsync(RouterReport report)
    {
        fleet.Report(report, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task<bool> IsDrainedAsync(string endpoint) =>
        Task.FromResult(
            !routes.Values.Any(route => route.Targets.Any(target => target.Endpoint == endpoint))
                && fleet.IsDrained(endpoint, time.GetUtcNow())
        );

    private async Task AdvanceAsync()
    {
        if (version + 1 > state.Value.ReservedVersion)
            await state.CommitAsync(s => s with { ReservedVersion = version + VersionBlock });
        version++;
    }

    private void Note(AppRoute? before, AppRoute? after)
    {
        var targets = after?.Targets ?? [];
        foreach (var target in targets)
            fleet.Enter(target.Endpoint);
        foreach (var target in (before?.Targets ?? []).Except(targets))
            fleet.Leave(target.Endpoint, version);
    }

    private void Tell(RouteMessage message)
    {
        var now = time.GetUtcNow();
        foreach (var (observer, expiresAt) in followers.ToList())
        {
            if (expiresAt < now)
                followers.Remove(observer);
            else
                observer.ChangedAsync(message).Ignore();
        }
    }
}
