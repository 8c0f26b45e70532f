using NeetoDeploy.Silo.Storage;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace NeetoDeploy.Silo.Tests.Storage;

public sealed class GrainStorageTests(PostgresServer postgres)
{
    private static readonly GrainId Grain = GrainId.Create("app", "11111111-2222-3333-4444-555555555555/web.1");

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task A_state_comes_back_and_its_etag_grows(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        await using var silo = await StorageSilo.StartAsync(test.Database);
        var written = new GrainState<Sample>(new Sample("shop", 1));
        await silo.Storage.WriteStateAsync("app", Grain, written);
        Assert.Equal("1", written.ETag);
        written.State = new Sample("shop", 2);
        await silo.Storage.WriteStateAsync("app", Grain, written);

        var read = await ReadAsync(silo.Storage);

        Assert.Equal((new Sample("shop", 2), "2", true), (read.State, read.ETag, read.RecordExists));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task A_stale_write_a_second_insert_and_an_update_of_nothing_are_refused(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        await using var silo = await StorageSilo.StartAsync(test.Database);
        await Refused(silo.Storage, new Sample("nothing", 1), "3");
        var first = new GrainState<Sample>(new Sample("first", 1));
        await silo.Storage.WriteStateAsync("app", Grain, first);
        await Refused(silo.Storage, new Sample("second", 1), null);
        await silo.Storage.WriteStateAsync("app", Grain, first);
        await Refused(silo.Storage, new Sample("stale", 1), "1");

        Assert.Equal(new Sample("first", 1), (await ReadAsync(silo.Storage)).State);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Of_many_first_writes_at_once_one_wins(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        await using var silo = await StorageSilo.StartAsync(test.Database);

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        try
                        {
                            await silo.Storage.WriteStateAsync("app", Grain, new GrainState<Sample>(new Sample("race", i)));
                            return i;
                        }
                        catch (InconsistentStateException)
                        {
                            return -1;
                        }
                    })
                )
        );

        var winner = Assert.Single(outcomes, i => i >= 0);
        Assert.Equal(winner, (await ReadAsync(silo.Storage)).State!.Number);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task A_cleared_state_is_gone_and_can_be_written_anew(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        await using var silo = await StorageSilo.StartAsync(test.Database);
        var state = new GrainState<Sample>(new Sample("shop", 1));
        await silo.Storage.WriteStateAsync("app", Grain, state);
        var stale = new GrainState<Sample>(new Sample("stale", 1)) { ETag = "7", RecordExists = true };
        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Storage.ClearStateAsync("app", Grain, stale));

        await silo.Storage.ClearStateAsync("app", Grain, state);

        Assert.False((await ReadAsync(silo.Storage)).RecordExists);
        state.State = new Sample("again", 1);
        await silo.Storage.WriteStateAsync("app", Grain, state);
        Assert.Equal("again", (await ReadAsync(silo.Storage)).State!.Name);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Grains_of_one_kind_and_states_of_one_grain_are_apart(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        await using var silo = await StorageSilo.StartAsync(test.Database);
        await silo.Storage.WriteStateAsync("app", Grain, new GrainState<Sample>(new Sample("app", 1)));
        await silo.Storage.WriteStateAsync("dyno", Grain, new GrainState<Sample>(new Sample("dyno", 1)));
        await silo.Storage.WriteStateAsync("app", GrainId.Create("app", "other"), new GrainState<Sample>(new Sample("other", 1)));

        Assert.Equal("app", (await ReadAsync(silo.Storage)).State!.Name);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Hundreds_of_writers_at_once_all_succeed(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        await using var silo = await StorageSilo.StartAsync(test.Database);
        var logs = new LogStore(test.Database);

        await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(async i =>
                {
                    var state = new GrainState<Sample>(new Sample("many", i));
                    await silo.Storage.WriteStateAsync("app", GrainId.Create("app", $"{i}"), state);
                    await logs.DeleteAsync(new(Guid.NewGuid()), TestContext.Current.CancellationToken);
                    await silo.Storage.WriteStateAsync("app", GrainId.Create("app", $"{i}"), state);
                    Assert.Equal("2", state.ETag);
                })
        );
    }

    private static async Task<GrainState<Sample>> ReadAsync(IGrainStorage storage)
    {
        var state = new GrainState<Sample>();
        await storage.ReadStateAsync("app", Grain, state);
        return state;
    }

    private static Task Refused(IGrainStorage storage, Sample sample, string? etag) =>
        Assert.ThrowsAsync<InconsistentStateException>(() =>
            storage.WriteStateAsync("app", Grain, new GrainState<Sample>(sample) { ETag = etag, RecordExists = etag is not null })
        );

    private sealed record Sample(string Name, int Number)
    {
        public Sample()
            : this("", 0) { }
    }
}
