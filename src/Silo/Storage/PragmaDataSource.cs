using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace NeetoDeploy.Silo.Storage;

/// <summary>
/// Opens SQLite connections with pragmas that a connection string cannot say. Without <c>busy_timeout</c> the client library sleeps 150 ms
/// between attempts; without <c>synchronous=FULL</c> a power cut loses writes that were acknowledged.
/// </summary>
internal sealed class PragmaDataSource(string connectionString, string pragmas) : DbDataSource
{
    public override string ConnectionString => connectionString;

    protected override DbConnection CreateDbConnection() => new SqliteConnection(connectionString);

    protected override DbConnection OpenDbConnection()
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) =>
        new(OpenDbConnection());
}
