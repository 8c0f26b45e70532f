using System.Collections.Concurrent;
using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Tests.Storage;

/// <summary>Routes in memory.</summary>
public sealed class FakeRouteStore : IRouteStore
{
    private readonly ConcurrentDictionary<AppId, AppRoute> routes = [];

    public Task<ImmutableArray<AppRoute>> LoadAsync(CancellationToken cancel) =>
        Task.FromResult<ImmutableArray<AppRoute>>([.. routes.Values]);

    public Task PutAsync(AppRoute route, CancellationToken cancel)
    {
        routes[route.App] = route;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(AppId app, CancellationToken cancel)
    {
        routes.TryRemove(app, out _);
        return Task.CompletedTask;
    }
}
