using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Silo.Storage;

internal sealed class RouteStore(Database database) : IRouteStore
{
    private const string Put =
        "INSERT INTO route (app_id, route) VALUES (@app, @json) ON CONFLICT (app_id) DO UPDATE SET route = excluded.route";

    public async Task<ImmutableArray<AppRoute>> LoadAsync(CancellationToken cancel)
    {
        var rows = await database.ReadAsync(
            connection =>
                connection.QueryAsync<string>(new CommandDefinition("SELECT route FROM route ORDER BY app_id", cancellationToken: cancel)),
            cancel
        );
        return [.. rows.Select(json => JsonSerializer.Deserialize<AppRoute>(json, StorageJson.Options)!)];
    }

    public Task PutAsync(AppRoute route, CancellationToken cancel)
    {
        var row = new { app = route.App.ToString(), json = JsonSerializer.Serialize(route, StorageJson.Options) };
        return database.WriteAsync(connection => connection.ExecuteAsync(Put, row), cancel);
    }

    public Task RemoveAsync(AppId app, CancellationToken cancel) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync("DELETE FROM route WHERE app_id = @app", new { app = app.ToString() }),
            cancel
        );
}
