using NeetoDeploy.Silo.Storage;

namespace NeetoDeploy.Silo.Tests.Storage;

/// <summary>An empty, prepared database of a test's own.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string storage;
    private readonly string folder;

    private TestDatabase(string storage, string folder)
    {
        this.storage = storage;
        this.folder = folder;
        Database = Database.Open(storage, folder);
    }

    public Database Database { get; private set; }

    public static async Task<TestDatabase> CreateAsync(DatabaseKind kind, PostgresServer postgres)
    {
        var database = new TestDatabase(
            kind == DatabaseKind.Postgres ? await postgres.CreateDatabaseAsync() : "",
            Directory.CreateTempSubdirectory("neeto-storage-").FullName
        );
        await database.Database.PrepareAsync(TestContext.Current.CancellationToken);
        return database;
    }

    /// <summary>As after a restart of the silo.</summary>
    public async Task ReopenAsync()
    {
        await Database.DisposeAsync();
        Database = Database.Open(storage, folder);
        await Database.PrepareAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
