using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using NeetoDeploy.Grains.Interfaces.Audit;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Silo.Storage;

/// <summary>A row an entry, ordered by its id, which grows with time.</summary>
internal sealed class AuditStore(Database database) : IAuditStore
{
    private const string Insert = "INSERT INTO audit_log (id, subject, email, entry) VALUES (@id, @subject, @email, @entry)";

    private const string Forget = "DELETE FROM audit_log WHERE id < @oldest";

    public Task AppendAsync(AuditEntry entry, DateTimeOffset keepFrom, CancellationToken cancel)
    {
        var row = new
        {
            id = entry.Id.ToString("D"),
            subject = entry.Subject,
            email = entry.Account.Email,
            entry = JsonSerializer.Serialize(entry, StorageJson.Options),
            oldest = Guid.CreateVersion7(keepFrom).ToString("D")[..13],
        };
        return database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(Insert, row);
                await connection.ExecuteAsync(Forget, row);
            },
            cancel
        );
    }

    public async Task<ImmutableArray<AuditEntry>> ReadAsync(AuditQuery query, CancellationToken cancel)
    {
        var where =
            (query.Subject is null ? "" : " AND subject = @subject")
            + (query.Email is null ? "" : " AND email = @email")
            + (query.Before is null ? "" : " AND id < @before");
        var command = new CommandDefinition(
            $"SELECT entry FROM audit_log WHERE 1 = 1{where} ORDER BY id DESC LIMIT @max",
            new
            {
                subject = query.Subject,
                email = query.Email,
                before = query.Before?.ToString("D"),
                max = Math.Clamp(query.Max, 1, 200),
            },
            cancellationToken: cancel
        );
        var rows = await database.ReadAsync(connection => connection.QueryAsync<string>(command), cancel);
        return [.. rows.Select(row => JsonSerializer.Deserialize<AuditEntry>(row, StorageJson.Options)!)];
    }
}
