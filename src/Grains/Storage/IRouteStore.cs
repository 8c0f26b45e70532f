using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Grains.Storage;

/// <summary>Keeps every app's route in a row of its own, so that one change does not rewrite the table.</summary>
public interface IRouteStore
{
    Task<ImmutableArray<AppRoute>> LoadAsync(CancellationToken cancel);

    Task PutAsync(AppRoute route, CancellationToken cancel);

    Task RemoveAsync(AppId app, CancellationToken cancel);
}
