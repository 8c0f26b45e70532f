using System.Data.Common;
using Dapper;

namespace NeetoDeploy.Silo.Storage;

/// <summary>Brings a database to this version's schema. The caller holds the transaction, and a lock against another silo that does the same.</summary>
internal static class SchemaInstaller
{
    private const string Ledger = "CREATE TABLE IF NOT EXISTS neeto_schema (id text NOT NULL PRIMARY KEY)";

    private const string PutQuery = """
        INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES (@key, @sql)
        ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText
        """;

    public static async Task InstallAsync(DbConnection connection, SchemaScripts scripts)
    {
        await connection.ExecuteAsync(Ledger);
        foreach (var (id, sql) in scripts.Numbered())
        {
            if (await connection.ExecuteAsync("INSERT INTO neeto_schema (id) VALUES (@id) ON CONFLICT DO NOTHING", new { id }) == 1)
                await connection.ExecuteAsync(sql);
        }

        foreach (var (key, sql) in scripts.Queries())
            await connection.ExecuteAsync(PutQuery, new { key, sql });
    }
}
