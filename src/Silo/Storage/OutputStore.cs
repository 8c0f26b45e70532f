using Dapper;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Silo.Storage;

/// <summary>A row for each append, and one that says how far the stream has come.</summary>
internal sealed class OutputStore(Database database) : IOutputStore
{
    private const string Grow = """
        INSERT INTO output (id, length, complete) VALUES (@id, @added, 0)
        ON CONFLICT (id) DO UPDATE SET length = output.length + excluded.length
        RETURNING length
        """;

    private const string Complete =
        "INSERT INTO output (id, length, complete) VALUES (@id, 0, 1) ON CONFLICT (id) DO UPDATE SET complete = 1";

    private const string ChunksFrom = """
        SELECT start AS Start, bytes AS Bytes FROM output_chunk
        WHERE output_id = @id AND start < @end
            AND start >= COALESCE((SELECT MAX(start) FROM output_chunk WHERE output_id = @id AND start <= @offset), 0)
        ORDER BY start
        """;

    public async Task<OutputState?> FindAsync(OutputId output, CancellationToken cancel)
    {
        var row = await database.ReadAsync(
            connection =>
                connection.QuerySingleOrDefaultAsync<Progress>(
                    new CommandDefinition(
                        "SELECT length AS Length, complete AS Complete FROM output WHERE id = @id",
                        new { id = output.ToString() },
                        cancellationToken: cancel
                    )
                ),
            cancel
        );
        return row is null ? null : new OutputState(row.Length, row.Complete != 0);
    }

    public Task AppendAsync(OutputId output, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        if (bytes.IsEmpty)
            return Task.CompletedTask;
        var id = output.ToString();
        var chunk = bytes.ToArray();
        return database.WriteAsync(
            async connection =>
            {
                var length = await connection.ExecuteScalarAsync<long>(Grow, new { id, added = (long)chunk.Length });
                await connection.ExecuteAsync(
                    "INSERT INTO output_chunk (output_id, start, bytes) VALUES (@id, @start, @chunk)",
                    new
                    {
                        id,
                        start = length - chunk.Length,
                        chunk,
                    }
                );
            },
            cancel
        );
    }

    public Task CompleteAsync(OutputId output, CancellationToken cancel) =>
        database.WriteAsync(connection => connection.ExecuteAsync(Complete, new { id = output.ToString() }), cancel);

    public async Task<byte[]> ReadAsync(OutputId output, long offset, int max, CancellationToken cancel)
    {
        var chunks = await database.ReadAsync(
            connection =>
                connection.QueryAsync<Chunk>(
                    new CommandDefinition(
                        ChunksFrom,
                        new
                        {
                            id = output.ToString(),
                            offset,
                            end = offset + max,
                        },
                        cancellationToken: cancel
                    )
                ),
            cancel
        );
        using var part = new MemoryStream();
        foreach (var chunk in chunks)
        {
            var from = (int)Math.Max(0, offset - chunk.Start);
            var length = Math.Min(chunk.Bytes.Length - from, max - (int)part.Length);
            if (length > 0)
                part.Write(chunk.Bytes, from, length);
        }

        return part.ToArray();
    }

    public Task DeleteAsync(OutputId output, CancellationToken cancel)
    {
        var id = output.ToString();
        return database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync("DELETE FROM output_chunk WHERE output_id = @id", new { id });
                await connection.ExecuteAsync("DELETE FROM output WHERE id = @id", new { id });
            },
            cancel
        );
    }

    private sealed record Progress(long Length, long Complete);

    private sealed record Chunk(long Start, byte[] Bytes);
}
