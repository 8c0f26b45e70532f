using System.Data.Common;
using System.Threading.Channels;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NeetoDeploy.Silo.Storage;

/// <summary>
/// Commits what many writers want at once in one transaction, so that they share one wait for the disk. A writer that fails takes back its
/// own statements only.
/// </summary>
internal sealed class SqliteCommitQueue : IAsyncDisposable
{
    private const int WritesPerCommit = 256;

    private readonly DbDataSource source;
    private readonly WriteGate gate;
    private readonly Channel<Write> writes = Channel.CreateBounded<Write>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly Task loop;

    public SqliteCommitQueue(DbDataSource source, WriteGate gate)
    {
        this.source = source;
        this.gate = gate;
        loop = Task.Run(RunAsync);
    }

    public async Task WriteAsync(Func<DbConnection, Task> statements, CancellationToken cancel)
    {
        var write = new Write(statements);
        await writes.Writer.WriteAsync(write, cancel);
        await write.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        writes.Writer.TryComplete();
        await loop;
    }

    private async Task RunAsync()
    {
        await foreach (var first in writes.Reader.ReadAllAsync())
        {
            var batch = new List<Write> { first };
            try
            {
                await gate.PassAsync(() => CommitAsync(batch), CancellationToken.None);
            }
            catch (Exception cause)
            {
                // Nothing was committed. The loop goes on: the next batch may find the disk free again.
                batch.ForEach(write => write.Failure ??= cause);
            }

            batch.ForEach(write => write.End());
        }
    }

    private async Task CommitAsync(List<Write> batch)
    {
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync("BEGIN IMMEDIATE");
        try
        {
            await ApplyAsync(connection, batch[0]);
            while (batch.Count < WritesPerCommit && writes.Reader.TryRead(out var next))
            {
                batch.Add(next);
                await ApplyAsync(connection, next);
            }

            await connection.ExecuteAsync("COMMIT");
        }
        catch
        {
            await RollBackAsync(connection);
            throw;
        }
    }

    /// <summary>The pool must not get a connection back that is still inside a transaction. A full disk has already ended it.</summary>
    private static async Task RollBackAsync(DbConnection connection)
    {
        try
        {
            await connection.ExecuteAsync("ROLLBACK");
        }
        catch (SqliteException notInTransaction) when (notInTransaction.SqliteErrorCode == 1) { }
    }

    private static async Task ApplyAsync(DbConnection connection, Write write)
    {
        await connection.ExecuteAsync("SAVEPOINT write");
        try
        {
            await write.Statements(connection);
        }
        catch (Exception cause)
        {
            write.Failure = cause;
            await connection.ExecuteAsync("ROLLBACK TO write");
        }

        await connection.ExecuteAsync("RELEASE write");
    }

    private sealed record Write(Func<DbConnection, Task> Statements)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Exception? Failure { get; set; }

        public void End()
        {
            if (Failure is null)
                Done.SetResult();
            else
                Done.SetException(Failure);
        }
    }
}
