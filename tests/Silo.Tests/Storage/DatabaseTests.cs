using Dapper;
using NeetoDeploy.Silo.Storage;

namespace NeetoDeploy.Silo.Tests.Storage;

public sealed class DatabaseTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Several_silos_may_prepare_it_at_once(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => test.Database.PrepareAsync(Cancel), Cancel)));

        var queries = await test.Database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>("SELECT count(*) FROM OrleansQuery"),
            Cancel
        );
        Assert.Equal(11, queries);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task A_failed_write_leaves_nothing_and_spoils_no_other(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var writes = Enumerable
            .Range(0, 40)
            .Select(i =>
                test.Database.WriteAsync(
                    async connection =>
                    {
                        await connection.ExecuteAsync(
                            "INSERT INTO unfinished_work (kind, grain_key) VALUES ('test', @key)",
                            new { key = $"{i}" }
                        );
                        if (i % 4 == 0)
                            await connection.ExecuteAsync("INSERT INTO no_such_table VALUES (1)");
                    },
                    Cancel
                )
            )
            .ToList();

        await Task.WhenAll(writes).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.All(writes, (write, i) => Assert.Equal(i % 4 == 0, write.IsFaulted));
        Assert.Equal(30, await CountAsync(test.Database));
    }

    [Fact]
    public async Task An_acknowledged_write_to_SQLite_is_on_disk_for_another_process_that_opens_the_file()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite, postgres);
        await Task.WhenAll(
            Enumerable
                .Range(0, 300)
                .Select(i =>
                    test.Database.WriteAsync(
                        connection =>
                            connection.ExecuteAsync(
                                "INSERT INTO unfinished_work (kind, grain_key) VALUES ('test', @key)",
                                new { key = $"{i}" }
                            ),
                        Cancel
                    )
                )
        );

        await using var second = new SqliteDatabase(
            new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(test.Database.Source.ConnectionString).DataSource
        );

        Assert.Equal(300, await CountAsync(second));
        Assert.Equal(2, await second.ReadAsync(connection => connection.ExecuteScalarAsync<long>("PRAGMA synchronous"), Cancel));
        Assert.Equal("wal", await second.ReadAsync(connection => connection.ExecuteScalarAsync<string>("PRAGMA journal_mode"), Cancel));
    }

    [Theory]
    [InlineData(
        "postgres://neeto:p%40ss@db.example:6543/prod?sslmode=require",
        "Host=db.example;Port=6543;Username=neeto;Password=p@ss;Database=prod"
    )]
    [InlineData("postgresql://neeto@localhost/prod", "Host=localhost;Port=5432;Username=neeto;Database=prod")]
    public void An_address_of_PostgreSQL_is_read(string url, string expected)
    {
        Assert.True(PostgresUrl.IsValid(url));
        Assert.StartsWith(expected, PostgresUrl.ToConnectionString(url, 10), StringComparison.Ordinal);
    }

    private static Task<long> CountAsync(Database database) =>
        database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>("SELECT count(*) FROM unfinished_work WHERE kind = 'test'"),
            Cancel
        );
}
