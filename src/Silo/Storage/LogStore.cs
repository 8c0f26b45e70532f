using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Silo.Storage;

/// <summary>A row for each append, however many lines it has: a busy app costs one row, not a hundred. Lines are bytes, because text of PostgreSQL has no NUL.</summary>
internal sealed class LogStore(Database database) : ILogStore
{
    private const string Newest = """
        SELECT keep_from AS KeepFrom, lines AS Lines FROM log_chunk
        WHERE app_id = @app AND last_seq > (SELECT MAX(last_seq) FROM log_chunk WHERE app_id = @app) - @count
        ORDER BY first_seq
        """;

    private const string Insert = """
        INSERT INTO log_chunk (app_id, first_seq, last_seq, keep_from, lines) VALUES (@app, @first, @last, @keepFrom, @bytes)
        ON CONFLICT (app_id, first_seq) DO UPDATE SET last_seq = excluded.last_seq, keep_from = excluded.keep_from, lines = excluded.lines
        """;

    private const string Trim = "DELETE FROM log_chunk WHERE app_id = @app AND last_seq < @keepFrom";

    public async Task<ImmutableArray<LogLine>> LoadAsync(AppId app, int count, CancellationToken cancel)
    {
        var chunks = await database.ReadAsync(
            connection =>
                connection.QueryAsync<Chunk>(new CommandDefinition(Newest, new { app = app.ToString(), count }, cancellationToken: cancel)),
            cancel
        );

        // An append that was repeated after its answer got lost may overlap the one before.
        var lines = new SortedDictionary<long, LogLine>();
        var keepFrom = 0L;
        foreach (var chunk in chunks)
        {
            keepFrom = Math.Max(keepFrom, chunk.KeepFrom);
            foreach (var line in JsonSerializer.Deserialize<ImmutableArray<LogLine>>(chunk.Lines, StorageJson.Options))
                lines[line.Seq] = line;
        }

        return [.. lines.Values.Where(line => line.Seq >= keepFrom).TakeLast(count)];
    }

    public Task AppendAsync(AppId app, ImmutableArray<LogLine> lines, long keepFrom, CancellationToken cancel)
    {
        if (lines.IsEmpty)
            return Task.CompletedTask;
        var row = new
        {
            app = app.ToString(),
            first = lines[0].Seq,
            last = lines[^1].Seq,
            keepFrom,
            bytes = JsonSerializer.SerializeToUtf8Bytes(lines, StorageJson.Options),
        };
        return database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(Insert, row);
                await connection.ExecuteAsync(Trim, new { row.app, row.keepFrom });
            },
            cancel
        );
    }

    public Task DeleteAsync(AppId app, CancellationToken cancel) =>
        database.WriteAsync(
            connection => connection.ExecuteAsync("DELETE FROM log_chunk WHERE app_id = @app", new { app = app.ToString() }),
            cancel
        );

    private sealed record Chunk(long KeepFrom, byte[] Lines);
}
