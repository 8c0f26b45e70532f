using System.Data.Common;
using Dapper;
using Npgsql;

namespace NeetoDeploy.Silo.Storage;

/// <summary>A PostgreSQL server that several silos may share.</summary>
public sealed class PostgresDatabase : Database
{
    private const int MaxConnections = 40;
    private const int MaxWriters = 24;

    // Any number, but the same one in every silo.
    private const long SchemaLock = 723_001;

    private readonly NpgsqlDataSource source;

    /// <param name="url"><c>postgres://user:password@host:port/database</c>; further settings of Npgsql as a query.</param>
    public PostgresDatabase(string url)
    {
        source = new NpgsqlDataSourceBuilder(PostgresUrl.ToConnectionString(url, MaxConnections)).Build();
        Gate = new WriteGate(MaxWriters);
    }

    public override DbDataSource Source => source;

    public override string Invariant => "Npgsql";

    public override WriteGate Gate { get; }

    internal override SchemaScripts Scripts { get; } = new("Postgres");

    public override Task PrepareAsync(CancellationToken cancel) =>
        InTransactionAsync(
            async connection =>
            {
                await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(@key)", new { key = SchemaLock });
                await SchemaInstaller.InstallAsync(connection, Scripts);
            },
            cancel
        );

    public override Task WriteAsync(Func<DbConnection, Task> statements, CancellationToken cancel) =>
        Gate.PassAsync(() => InTransactionAsync(statements, cancel), cancel);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Gate.Dispose();
    }

    private async Task InTransactionAsync(Func<DbConnection, Task> statements, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await statements(connection);
        await transaction.CommitAsync(cancel);
    }
}
