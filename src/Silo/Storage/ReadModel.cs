using System.Text.Json;
using Dapper;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Silo.Storage;

/// <summary>Lists by keyset: the cost of a page does not grow with the pages before it.</summary>
internal sealed class ReadModel(Database database) : IReadModel
{
    private const string AllApps = "SELECT view FROM app_index WHERE 1 = 1";

    private const string AppsOfAccount =
        "SELECT view FROM app_index WHERE EXISTS (SELECT 1 FROM app_member WHERE account_id = @of AND app_id = app_index.id)";

    private const string BuildsOfApp = "SELECT view FROM build_index WHERE app_id = @of";

    private const string AppOfSlug = "SELECT app_id FROM slug_index WHERE id = @id UNION ALL SELECT app_id FROM build_index WHERE id = @id";

    public Task<Page<AppView>> ListAppsAsync(AccountId? account, PageRange range, CancellationToken cancel) =>
        ListAsync<AppView>(
            account is null ? AllApps : AppsOfAccount,
            account?.ToString(),
            range.Field switch
            {
                "id" or "name" => new Keyset(range, range.Field),
                "created_at" or "updated_at" => Keyset.OfTime(range, range.Field),
                _ => throw new ArgumentException($"Apps cannot be listed by '{range.Field}'.", nameof(range)),
            },
            cancel
        );

    public Task<AppsFound> FindAppsAsync(Actor who, AppQuery query, CancellationToken cancel)
    {
        var search = new AppSearch(who, query);
        return database.ReadAsync(
            async connection =>
            {
                var total = await connection.ExecuteScalarAsync<int>(new(search.Count, search.Parameters, cancellationToken: cancel));
                var views = await connection.QueryAsync<string>(new(search.Views, search.Parameters, cancellationToken: cancel));
                return new AppsFound([.. views.Select(json => JsonSerializer.Deserialize<AppView>(json, StorageJson.Options)!)], total);
            },
            cancel
        );
    }

    public Task<Page<BuildView>> ListBuildsAsync(AppId app, PageRange range, CancellationToken cancel) =>
        ListAsync<BuildView>(
            BuildsOfApp,
            app.ToString(),
            range.Field switch
            {
                "id" => new Keyset(range, "id"),
                "created_at" or "started_at" => Keyset.OfTime(range, "created_at"),
                "updated_at" => Keyset.OfTime(range, "updated_at"),
                _ => throw new ArgumentException($"Builds cannot be listed by '{range.Field}'.", nameof(range)),
            },
            cancel
        );

    public async Task<AppId?> FindAppOfSlugAsync(Guid slug, CancellationToken cancel)
    {
        var command = new CommandDefinition(AppOfSlug, new { id = slug.ToString("D") }, cancellationToken: cancel);
        var found = await database.ReadAsync(connection => connection.QueryFirstOrDefaultAsync<string>(command), cancel);
        return AppId.TryParse(found, null, out var app) ? app : null;
    }

    private async Task<Page<T>> ListAsync<T>(string select, string? of, Keyset keyset, CancellationToken cancel)
    {
        var command = new CommandDefinition(
            $"{select} {keyset.Sql}",
            new
            {
                of,
                from = keyset.From,
                to = keyset.To,
                max = keyset.Max + 1,
            },
            cancellationToken: cancel
        );
        var rows = (await database.ReadAsync(connection => connection.QueryAsync<string>(command), cancel)).AsList();
        return new(
            [.. rows.Take(keyset.Max).Select(json => JsonSerializer.Deserialize<T>(json, StorageJson.Options)!)],
            rows.Count > keyset.Max
        );
    }
}
