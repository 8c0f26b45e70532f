using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.Core.Tests.Logs;

public sealed class LogRingTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);

    private readonly LogRing ring = new();

    [Fact]
    public void It_keeps_the_newest_1_500_lines()
    {
        ring.Add(Lines(1, 2_000));

        Assert.Equal((501, 2_000), (ring.OldestSeq, ring.NewestSeq));
        Assert.Equal(1_500, ring.Newest(9_999, LogFilter.All).Length);
        Assert.Equal([1_999L, 2_000L], ring.After(1_998, LogFilter.All).Select(line => line.Seq));
    }

    [Fact]
    public void Long_lines_push_old_ones_out_sooner()
    {
        ring.Add(Enumerable.Range(1, 1_000).Select(seq => Line(seq, new string('x', 10_000))));

        Assert.InRange(ring.NewestSeq - ring.OldestSeq, 300, 419);
    }

    [Fact]
    public void Output_that_is_read_again_is_known()
    {
        ring.Add(Lines(1, 2_000));

        Assert.True(ring.Has(Line(2_000).Entry));
        Assert.True(ring.Has(Line(100).Entry));
        Assert.False(ring.Has(Line(2_001).Entry));
        Assert.False(ring.Has(Line(1_000, "another line of the same time").Entry));
        Assert.Equal(Line(501).Entry.Time, ring.Horizon);
    }

    [Theory]
    [InlineData("web", 2)]
    [InlineData("web.1", 1)]
    [InlineData("we", 0)]
    [InlineData(null, 3)]
    public void Readers_see_what_they_filter_for(string? process, int expected)
    {
        ring.Add([Line(1, "a", "web.1"), Line(2, "b", "web.2"), Line(3, "c", "website.1")]);

        Assert.Equal(expected, ring.Newest(10, new LogFilter(process, null)).Length);
    }

    private static IEnumerable<LogLine> Lines(int from, int to) => Enumerable.Range(from, to - from + 1).Select(seq => Line(seq));

    private static LogLine Line(int seq, string? text = null, string process = "web.1") =>
        new(seq, new LogEntry(Start.AddMilliseconds(seq), LogEntry.App, process, text ?? $"line {seq}"));
}
