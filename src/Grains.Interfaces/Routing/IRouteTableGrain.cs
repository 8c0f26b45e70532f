using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Grains.Interfaces.Access;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Routing;

/// <summary>The table that every router follows, and what each of them has in effect. Key: the region.</summary>
[Alias("neeto.IRouteTableGrain")]
public interface IRouteTableGrain : IGrainWithStringKey
{
    /// <summary>Replaces an app's route; nothing happens when it is the same. Answers the version that holds it.</summary>
    [PlatformOnly, Alias("Publish")]
    Task<long> PublishAsync(AppRoute route);

    [PlatformOnly, Alias("Remove")]
    Task<long> RemoveAsync(AppId app);

    /// <summary>The whole table, as the first message of a router's connection; later changes go to the observer. Repeat every 30 s with the version in hand.</summary>
    [PlatformOnly, Alias("Follow")]
    Task<RouteMessage> FollowAsync(IRouteObserver observer);

    [PlatformOnly, Alias("Unfollow")]
    Task UnfollowAsync(IRouteObserver observer);

    [PlatformOnly, Alias("Report")]
    Task ReportAsync(RouterReport report);

    /// <summary>
    /// Whether no live router (one that reported within 6 s) sends requests to the endpoint any more: each has a version in effect that lacks it, and
    /// nothing in flight to it.
    /// </summary>
    [PlatformOnly, AlwaysInterleave, Alias("IsDrained")]
    Task<bool> IsDrainedAsync(string endpoint);
}

/// <summary>
/// Receives changes of the route table. One may overtake another on its way, or be lost: a version that is not the next one says so, and
/// <see cref="IRouteTableGrain.FollowAsync"/> gives the whole.
/// </summary>
[Alias("neeto.IRouteObserver")]
public interface IRouteObserver : IGrainObserver
{
    [OneWay, Alias("Changed")]
    Task ChangedAsync(RouteMessage message);
}
