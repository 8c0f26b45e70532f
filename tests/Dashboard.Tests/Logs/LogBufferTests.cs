using NeetoDeploy.Core.Logs;
using NeetoDeploy.Dashboard.Logs;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.Dashboard.Tests.Logs;

public sealed class LogBufferTests
{
    private readonly LogBuffer buffer = new();

    [Fact]
    public void What_a_reader_does_not_get_is_a_gap()
    {
        buffer.Add(new LogBatch(null, [Line(7), Line(8)]));
        buffer.Add(new LogBatch(new LogGap(9, 11), [Line(12), Line(13)]));

        Assert.Equal([7L, 8, 0, 12, 13], Shown().Select(line => line.Seq));
        Assert.Equal("3 lines are missing here.", Shown()[2].Entry.Text);
        Assert.Equal(13, buffer.LastSeq);

        buffer.Add(new LogBatch(new LogGap(14, 14), []));
        Assert.Equal("1 line is missing here.", Shown()[^1].Entry.Text);
        Assert.Equal(14, buffer.LastSeq);
    }

    [Fact]
    public void The_newest_ten_thousand_are_kept()
    {
        buffer.Add(new LogBatch(null, [.. Enumerable.Range(1, 25_000).Select(seq => Line(seq))]));

        Assert.Equal(LogBuffer.Most, Shown().Count);
        Assert.Equal((15_001L, 25_000L), (Shown()[0].Seq, Shown()[^1].Seq));
    }

    [Fact]
    public void Text_process_and_source_choose_lines_and_gaps_stay()
    {
        buffer.Add(new LogBatch(null, [Line(1, "web.1", "GET /"), Line(2, "worker.1", "get a job")]));
        buffer.Add(new LogBatch(new LogGap(3, 3), [Line(4, "web.1", "POST /")]));

        Assert.Equal([1L, 2, 0], buffer.Where(LogFilter.All, "get").Select(line => line.Seq));
        Assert.Equal([1L, 0, 4], buffer.Where(new LogFilter("web", "app"), null).Select(line => line.Seq));
    }

    private List<LogLine> Shown() => buffer.Where(LogFilter.All, null);

    private static LogLine Line(long seq, string process = "web.1", string text = "x") =>
        new(seq, new LogEntry(DateTimeOffset.UnixEpoch, LogEntry.App, process, text));
}
