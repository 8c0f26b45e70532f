using Orleans;
using Orleans.Runtime;

namespace NeetoDeploy.Silo.Tests.Storage;

public sealed class ReminderTests(PostgresServer postgres)
{
    private static readonly GrainId Grain = GrainId.Create("build", "app/1");

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task A_reminder_is_found_by_name_by_grain_and_by_range(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        await using var silo = await StorageSilo.StartAsync(test.Database);
        var at = new DateTime(2026, 11, 24, 10, 0, 0, DateTimeKind.Utc);
        await silo.Reminders.UpsertRow(Entry("reconcile", at));

        var found = await silo.Reminders.ReadRow(Grain, "reconcile");

        Assert.Equal((at, TimeSpan.FromMinutes(1)), (found!.StartAt.ToUniversalTime(), found.Period));
        Assert.Single((await silo.Reminders.ReadRows(Grain)).Reminders);
        Assert.Single((await silo.Reminders.ReadRows(0, 0)).Reminders);
        var hash = Grain.GetUniformHashCode();
        Assert.Single((await silo.Reminders.ReadRows(hash - 1, hash)).Reminders);
        Assert.Empty((await silo.Reminders.ReadRows(hash, hash + 1)).Reminders);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Only_the_version_in_hand_is_removed(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        await using var silo = await StorageSilo.StartAsync(test.Database);
        var first = await silo.Reminders.UpsertRow(Entry("reconcile", DateTime.UnixEpoch));
        var second = await silo.Reminders.UpsertRow(Entry("reconcile", DateTime.UnixEpoch.AddDays(1)));

        Assert.False(await silo.Reminders.RemoveRow(Grain, "reconcile", first!));
        Assert.True(await silo.Reminders.RemoveRow(Grain, "reconcile", second!));
        Assert.Empty((await silo.Reminders.ReadRows(Grain)).Reminders);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task An_overdue_reminder_ticks_after_a_restart(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var key = Guid.NewGuid().ToString();
        await using (var silo = await StorageSilo.StartAsync(test.Database))
            await silo.Grains.GetGrain<IRemindedGrain>(key).RemindAsync();

        await test.ReopenAsync();
        await using var restarted = await StorageSilo.StartAsync(test.Database);

        await Eventually.TrueAsync(
            async () => await restarted.Grains.GetGrain<IRemindedGrain>(key).CountTicksAsync() > 0,
            "the reminder ticks"
        );
    }

    private static ReminderEntry Entry(string name, DateTime at) =>
        new()
        {
            GrainId = Grain,
            ReminderName = name,
            StartAt = at,
            Period = TimeSpan.FromMinutes(1),
        };
}
