using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NeetoDeploy.Silo.Storage;

/// <summary>One file for one silo: the default.</summary>
public sealed class SqliteDatabase : Database
{
    private const string Pragmas = "PRAGMA busy_timeout=5000; PRAGMA synchronous=FULL;";

    private readonly string file;
    private readonly SqliteCommitQueue queue;

    public SqliteDatabase(string file)
    {
        this.file = file;
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Pooling = true,
            Cache = SqliteCacheMode.Private,
        };
        Source = new PragmaDataSource(settings.ToString(), Pragmas);
        Gate = new WriteGate(1);
        queue = new SqliteCommitQueue(Source, Gate);
    }

    public override DbDataSource Source { get; }

    /// <summary>Orleans' word for it, although the client library behind it is Microsoft.Data.Sqlite.</summary>
    public override string Invariant => "System.Data.SQLite";

    public override WriteGate Gate { get; }

    internal override SchemaScripts Scripts { get; } = new("Sqlite");

    public override async Task PrepareAsync(CancellationToken cancel)
    {
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        await using var connection = await Source.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync("PRAGMA journal_mode=WAL");
        // IMMEDIATE: a transaction that reads first and then writes fails when another one wrote in between.
        await connection.ExecuteAsync("BEGIN IMMEDIATE");
        try
        {
            await SchemaInstaller.InstallAsync(connection, Scripts);
            await connection.ExecuteAsync("COMMIT");
        }
        catch
        {
            await connection.ExecuteAsync("ROLLBACK");
            throw;
        }
    }

    public override Task WriteAsync(Func<DbConnection, Task> statements, CancellationToken cancel) => queue.WriteAsync(statements, cancel);

    public override async ValueTask DisposeAsync()
    {
        await queue.DisposeAsync();
        await base.DisposeAsync();
        using var pool = new SqliteConnection(Source.ConnectionString);
        SqliteConnection.ClearPool(pool);
        Gate.Dispose();
    }
}
