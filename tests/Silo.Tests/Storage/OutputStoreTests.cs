using System.Text;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Storage;
using NeetoDeploy.Silo.Storage;

namespace NeetoDeploy.Silo.Tests.Storage;

public sealed class OutputStoreTests(PostgresServer postgres)
{
    private readonly OutputId output = new(Guid.NewGuid());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task An_output_that_nobody_wrote_is_unknown(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var store = new OutputStore(test.Database);

        Assert.Null(await store.FindAsync(output, Cancel));
        Assert.Empty(await store.ReadAsync(output, 0, 100, Cancel));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Every_part_can_be_read_across_the_bounds_of_appends(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var store = new OutputStore(test.Database);
        foreach (var part in new[] { "hello ", "big ", "", "world" })
            await store.AppendAsync(output, Encoding.UTF8.GetBytes(part), Cancel);
        const string whole = "hello big world";

        for (var offset = 0; offset <= whole.Length + 1; offset++)
        {
            for (var max = 1; max <= whole.Length + 1; max++)
            {
                var expected = string.Concat(whole.Skip(offset).Take(max));
                Assert.Equal(expected, Encoding.UTF8.GetString(await store.ReadAsync(output, offset, max, Cancel)));
            }
        }
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Length_and_end_survive_a_restart(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var store = new OutputStore(test.Database);
        await store.AppendAsync(output, new byte[100], Cancel);
        Assert.Equal(new OutputState(100, false), await store.FindAsync(output, Cancel));
        await store.CompleteAsync(output, Cancel);

        await test.ReopenAsync();

        Assert.Equal(new OutputState(100, true), await new OutputStore(test.Database).FindAsync(output, Cancel));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Appends_at_once_lose_nothing(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var store = new OutputStore(test.Database);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => store.AppendAsync(output, new[] { (byte)i }, Cancel)));

        var bytes = await store.ReadAsync(output, 0, 100, Cancel);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (byte)i), bytes.Order());
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Completing_without_a_byte_is_an_empty_output(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var store = new OutputStore(test.Database);
        await store.CompleteAsync(output, Cancel);

        Assert.Equal(new OutputState(0, true), await store.FindAsync(output, Cancel));
        await store.DeleteAsync(output, Cancel);
        Assert.Null(await store.FindAsync(output, Cancel));
    }
}
