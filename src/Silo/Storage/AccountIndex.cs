using System.Collections.Immutable;
using Dapper;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Silo.Storage;

internal sealed class AccountIndex(Database database) : IAccountIndex
{
    private const string Insert = "INSERT INTO account_index (email) VALUES (@email) ON CONFLICT DO NOTHING";

    public Task PutAsync(string email, CancellationToken cancel) =>
        database.WriteAsync(connection => connection.ExecuteAsync(Insert, new { email }), cancel);

    public async Task<ImmutableArray<string>> ListAsync(CancellationToken cancel)
    {
        var command = new CommandDefinition("SELECT email FROM account_index ORDER BY email", cancellationToken: cancel);
        return [.. await database.ReadAsync(connection => connection.QueryAsync<string>(command), cancel)];
    }
}
