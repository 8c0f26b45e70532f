using System.Collections.Immutable;
using Dapper;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Silo.Storage;

internal sealed class UnfinishedWork(Database database) : IUnfinishedWork
{
    public Task BeginAsync(WorkItem item, CancellationToken cancel) =>
        database.WriteAsync(
            connection =>
                connection.ExecuteAsync("INSERT INTO unfinished_work (kind, grain_key) VALUES (@Kind, @Key) ON CONFLICT DO NOTHING", item),
            cancel
        );

    public Task EndAsync(WorkItem item, CancellationToken cancel) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync("DELETE FROM unfinished_work WHERE kind = @Kind AND grain_key = @Key", item),
            cancel
        );

    public async Task<ImmutableArray<WorkItem>> ListAsync(CancellationToken cancel)
    {
        var rows = await database.ReadAsync(
            connection =>
                connection.QueryAsync<WorkItem>(
                    new CommandDefinition(
                        "SELECT kind AS Kind, grain_key AS Key FROM unfinished_work ORDER BY kind, grain_key",
                        cancellationToken: cancel
                    )
                ),
            cancel
        );
        return [.. rows];
    }
}
