using System.Collections.Immutable;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces.Logs;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.LogRelay.Tests.Logs;

public sealed class LogReadingTests
{
    private readonly LogSubscription subscription = new();

    [Fact]
    public async Task A_reader_that_is_too_slow_is_told_which_lines_it_lost()
    {
        for (var seq = 1; seq <= LogSubscription.MostBatches + 3; seq++)
            subscription.Write([Line(seq)]);

        var batch = await FirstAsync(LogFilter.All);

        Assert.Equal(new LogGap(1, 3), batch.Gap);
        Assert.Equal(4, batch.Lines[0].Seq);
    }

    [Fact]
    public async Task A_gap_is_told_before_the_lines_after_it_and_not_before_those_before_it()
    {
        subscription.Write([Line(1), Line(2)]);
        subscription.Write([Line(5)]);
        await using var batches = Read(LogFilter.All);

        Assert.True(await batches.MoveNextAsync());
        Assert.Null(batches.Current.Gap);
        Assert.Equal([1L, 2L], Numbers(batches.Current));
        Assert.True(await batches.MoveNextAsync());
        Assert.Equal(new LogGap(3, 4), batches.Current.Gap);
        Assert.Equal([5L], Numbers(batches.Current));
    }

    [Fact]
    public async Task Readers_of_everything_share_a_batch()
    {
        LogLine[] lines = [Line(1), Line(2)];
        subscription.Write(lines);

        Assert.Same(lines, (await FirstAsync(LogFilter.All)).Lines);
    }

    [Fact]
    public async Task A_reader_gets_no_line_that_it_has()
    {
        subscription.Write([Line(1), Line(2), Line(3)]);

        Assert.Equal([2L, 3L], Numbers(await FirstAsync(LogFilter.All, has: 1)));
    }

    [Fact]
    public async Task Lines_that_the_filter_hides_are_no_gap()
    {
        subscription.Write([Line(1, "router"), Line(2)]);
        subscription.Write([Line(3, "router")]);
        subscription.Write([Line(4)]);

        await using var batches = Read(new LogFilter("web", null));

        foreach (var seq in new[] { 2L, 4L })
        {
            Assert.True(await batches.MoveNextAsync());
            Assert.Null(batches.Current.Gap);
            Assert.Equal([seq], Numbers(batches.Current));
        }
    }

    private async Task<LogBatch> FirstAsync(LogFilter filter, long? has = null)
    {
        await using var batches = Read(filter, has);
        Assert.True(await batches.MoveNextAsync());
        return batches.Current;
    }

    private IAsyncEnumerator<LogBatch> Read(LogFilter filter, long? has = null) =>
        new LogReading(filter, new LogPage([], 0, 1), has, subscription, TimeProvider.System, () => ValueTask.CompletedTask)
            .ReadAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

    private static ImmutableArray<long> Numbers(LogBatch batch) => [.. batch.Lines.Select(line => line.Seq)];

    private static LogLine Line(long seq, string process = "web.1") =>
        new(seq, new LogEntry(default, LogEntry.App, process, $"line {seq}"));
}
