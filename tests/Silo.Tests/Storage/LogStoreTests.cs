using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Silo.Storage;

namespace NeetoDeploy.Silo.Tests.Storage;

public sealed class LogStoreTests(PostgresServer postgres)
{
    private readonly AppId app = new(Guid.NewGuid());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Lines_come_back_as_they_were_written_after_a_restart(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        ImmutableArray<LogLine> lines =
        [
            Line(1, "plain"),
            Line(2, "\u001b[31mred\u001b[0m <b>\"ü\" \U0001F600"),
            Line(3, "a NUL \0 inside"),
        ];
        await new LogStore(test.Database).AppendAsync(app, lines, 1, Cancel);

        await test.ReopenAsync();

        Assert.Equal(lines, await new LogStore(test.Database).LoadAsync(app, 1500, Cancel));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Only_the_newest_lines_are_loaded(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var store = new LogStore(test.Database);
        for (var first = 1; first <= 91; first += 10)
            await store.AppendAsync(app, Lines(first, first + 9), 1, Cancel);

        var loaded = await store.LoadAsync(app, 25, Cancel);

        Assert.Equal(Enumerable.Range(76, 25).Select(seq => (long)seq), loaded.Select(line => line.Seq));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Lines_below_the_mark_are_dropped(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var store = new LogStore(test.Database);
        await store.AppendAsync(app, Lines(1, 10), 1, Cancel);
        await store.AppendAsync(app, Lines(11, 20), 1, Cancel);
        await store.AppendAsync(app, Lines(21, 21), 15, Cancel);

        var loaded = await store.LoadAsync(app, 1500, Cancel);

        Assert.Equal((15, 21, 7), (loaded[0].Seq, loaded[^1].Seq, loaded.Length));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task A_repeated_append_doubles_no_line(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var store = new LogStore(test.Database);
        await store.AppendAsync(app, Lines(1, 5), 1, Cancel);
        await store.AppendAsync(app, Lines(1, 7), 1, Cancel);
        await store.AppendAsync(app, Lines(4, 9), 1, Cancel);

        Assert.Equal(Lines(1, 9), await store.LoadAsync(app, 1500, Cancel));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Deleting_one_log_leaves_the_others(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var store = new LogStore(test.Database);
        var other = new AppId(Guid.NewGuid());
        await store.AppendAsync(app, Lines(1, 5), 1, Cancel);
        await store.AppendAsync(other, Lines(1, 5), 1, Cancel);

        await store.DeleteAsync(app, Cancel);

        Assert.Empty(await store.LoadAsync(app, 1500, Cancel));
        Assert.Equal(Lines(1, 5), await store.LoadAsync(other, 1500, Cancel));
    }

    private static ImmutableArray<LogLine> Lines(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(seq => Line(seq, $"line {seq}"))];

    private static LogLine Line(long seq, string text) =>
        new(seq, new LogEntry(DateTimeOffset.UnixEpoch.AddTicks(seq), LogEntry.App, "web.1", text));
}
