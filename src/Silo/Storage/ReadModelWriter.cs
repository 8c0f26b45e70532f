using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Silo.Storage;

internal sealed class ReadModelWriter(Database database) : IReadModelWriter
{
    private const string PutApp = """
        INSERT INTO app_index (id, name, created_at, updated_at, status, owner_id, view)
        VALUES (@id, @name, @created, @updated, @status, @owner, @view)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, updated_at = excluded.updated_at, status = excluded.status,
            owner_id = excluded.owner_id, view = excluded.view
            WHERE app_index.updated_at <= excluded.updated_at
        """;

    private const string PutBuild = """
        INSERT INTO build_index (id, app_id, created_at, updated_at, view) VALUES (@id, @app, @created, @updated, @view)
        ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at, view = excluded.view
            WHERE build_index.updated_at <= excluded.updated_at
        """;

    private const string PutSlug = "INSERT INTO slug_index (id, app_id) VALUES (@id, @app) ON CONFLICT DO NOTHING";

    public Task PutAppAsync(AppView app, ImmutableArray<AccountId> members, CancellationToken cancel)
    {
        var id = app.Id.ToString();
        var row = new
        {
            id,
            name = app.Name.ToString(),
            created = Keyset.Text(app.CreatedAt),
            updated = Keyset.Text(app.UpdatedAt),
            status = app.Status.ToString(),
            // A team's app is nobody's own.
            owner = app.Team?.Id.ToString() ?? app.Owner.Id.ToString(),
            view = JsonSerializer.Serialize(app, StorageJson.Options),
        };
        return database.WriteAsync(
            async connection =>
            {
                if (await connection.ExecuteAsync(PutApp, row) == 0)
                    return;
                await connection.ExecuteAsync("DELETE FROM app_member WHERE app_id = @id", new { id });
                await connection.ExecuteAsync(
                    "INSERT INTO app_member (account_id, app_id) VALUES (@account, @id) ON CONFLICT DO NOTHING",
                    members.Select(account => new { account = account.ToString(), id })
                );
            },
            cancel
        );
    }

    public Task RemoveAppAsync(AppId app, CancellationToken cancel)
    {
        var id = app.ToString();
        return database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync("DELETE FROM app_index WHERE id = @id", new { id });
                await connection.ExecuteAsync("DELETE FROM app_member WHERE app_id = @id", new { id });
                await connection.ExecuteAsync("DELETE FROM build_index WHERE app_id = @id", new { id });
                await connection.ExecuteAsync("DELETE FROM slug_index WHERE app_id = @id", new { id });
            },
            cancel
        );
    }

    public Task RemoveBuildAsync(BuildId build, CancellationToken cancel) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync("DELETE FROM build_index WHERE id = @id", new { id = build.ToString() }),
            cancel
        );

    public Task PutSlugAsync(Guid slug, AppId app, CancellationToken cancel) =>
        database.WriteAsync(connection => connection.ExecuteAsync(PutSlug, new { id = slug.ToString("D"), app = app.ToString() }), cancel);

    public Task PutBuildAsync(BuildView build, CancellationToken cancel)
    {
        var row = new
        {
            id = build.Id.ToString(),
            app = build.App.ToString(),
            created = Keyset.Text(build.CreatedAt),
            updated = Keyset.Text(build.UpdatedAt),
            view = JsonSerializer.Serialize(build, StorageJson.Options),
        };
        return database.WriteAsync(connection => connection.ExecuteAsync(PutBuild, row), cancel);
    }
}
