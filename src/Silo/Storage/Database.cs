using System.Data.Common;
using Dapper;

namespace NeetoDeploy.Silo.Storage;

/// <summary>
/// The installation's database. Both kinds speak nearly the same SQL, so that what is stored beside the grains has one implementation; ids and times
/// are text that sorts as they do.
/// </summary>
public abstract class Database : IAsyncDisposable
{
    /// <summary>Opened connections come with the settings that this kind of database needs.</summary>
    public abstract DbDataSource Source { get; }

    /// <summary>The name under which Orleans knows this kind of database.</summary>
    public abstract string Invariant { get; }

    /// <summary>Bounds how many grains write their state at once.</summary>
    public abstract WriteGate Gate { get; }

    /// <summary>The schema's text of this kind of database.</summary>
    internal abstract SchemaScripts Scripts { get; }

    /// <summary>Creates or completes the schema; several silos may do so at once.</summary>
    public abstract Task PrepareAsync(CancellationToken cancel);

    /// <summary>Runs statements as one transaction; when the task has ended, they are on disk.</summary>
    public abstract Task WriteAsync(Func<DbConnection, Task> statements, CancellationToken cancel);

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancel)
    {
        await using var connection = await Source.OpenConnectionAsync(cancel);
        return await query(connection);
    }

    /// <summary>Throws when the database does not answer.</summary>
    public Task CheckAsync(CancellationToken cancel) =>
        ReadAsync(connection => connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT 1", cancellationToken: cancel)), cancel);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Source.DisposeAsync();
    }

    /// <summary>Opens what the setting <c>Storage</c> names: empty for SQLite in the data folder, or <c>postgres://user:password@host:port/database</c>.</summary>
    public static Database Open(string storage, string dataDirectory) =>
        storage.Length == 0 ? new SqliteDatabase(Path.Combine(dataDirectory, "db", "neeto.db")) : new PostgresDatabase(storage);
}
