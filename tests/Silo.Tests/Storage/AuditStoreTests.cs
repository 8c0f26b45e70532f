using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Audit;
using NeetoDeploy.Silo.Storage;

namespace NeetoDeploy.Silo.Tests.Storage;

public sealed class AuditStoreTests(PostgresServer postgres)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Pages_go_back_from_the_newest_and_have_every_entry_once(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var store = new AuditStore(test.Database);
        for (var i = 0; i < 5; i++)
            await store.AppendAsync(Entry(i, "shop", "dev@example.com"), Start, Cancel);

        var first = await store.ReadAsync(new(null, null, null, 3), Cancel);
        var rest = await store.ReadAsync(new(null, null, first[^1].Id, 3), Cancel);

        Assert.Equal(["4", "3", "2", "1", "0"], first.Concat(rest).Select(entry => entry.Detail));
        Assert.Equal(new CallOrigin("192.0.2.7", "git/2.39"), first[0].From);
        Assert.Equal([new AuditChange("name", "a", "b")], first[0].Changes);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task It_is_read_by_what_was_changed_and_by_who_did_it(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var store = new AuditStore(test.Database);
        await store.AppendAsync(Entry(0, "shop", "dev@example.com"), Start, Cancel);
        await store.AppendAsync(Entry(1, "blog", "dev@example.com"), Start, Cancel);
        await store.AppendAsync(Entry(2, "shop", "ops@example.com"), Start, Cancel);

        Assert.Equal(["2", "0"], (await store.ReadAsync(new("shop", null, null, 10), Cancel)).Select(entry => entry.Detail));
        Assert.Equal(["0"], (await store.ReadAsync(new("shop", "dev@example.com", null, 10), Cancel)).Select(entry => entry.Detail));
        Assert.Empty(await store.ReadAsync(new("' OR 1 = 1 --", null, null, 10), Cancel));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task What_is_too_old_goes_when_something_new_comes(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var store = new AuditStore(test.Database);
        for (var i = 0; i < 3; i++)
            await store.AppendAsync(Entry(i, "shop", "dev@example.com"), Start.AddMinutes(i - 1), Cancel);
        Assert.Equal(["2", "1"], (await store.ReadAsync(new(null, null, null, 10), Cancel)).Select(entry => entry.Detail));
    }

    private static AuditEntry Entry(int minutes, string subject, string email)
    {
        var time = Start.AddMinutes(minutes);
        return new AuditEntry(
            Guid.CreateVersion7(time),
            time,
            new AccountRef(new AccountId(Guid.NewGuid()), email),
            new CallOrigin("192.0.2.7", "git/2.39"),
            "app: rename",
            null,
            subject,
            $"{minutes}",
            [new AuditChange("name", "a", "b")]
        );
    }
}
