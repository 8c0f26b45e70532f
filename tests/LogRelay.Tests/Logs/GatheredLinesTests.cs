using Microsoft.Extensions.Time.Testing;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.LogRelay.Tests.Logs;

public sealed class GatheredLinesTests : IAsyncDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly Lock gate = new();
    private readonly List<IReadOnlyList<LogLine>> batches = [];
    private readonly GatheredLines gathered;
    private long seq;

    public GatheredLinesTests() => gathered = new GatheredLines(time, gate, batches.Add);

    [Fact]
    public void A_line_after_a_silence_is_handed_on_at_once()
    {
        Add(1);
        time.Advance(GatheredLines.Pause);
        Add(1);

        Assert.Equal([1, 1], Sizes());
    }

    [Fact]
    public void Lines_that_follow_soon_are_handed_on_together_after_the_pause()
    {
        Add(1);
        Add(2);
        time.Advance(GatheredLines.Pause / 2);
        Add(3);

        Assert.Equal([1], Sizes());
        time.Advance(GatheredLines.Pause / 2);
        Assert.Equal([1, 5], Sizes());
        time.Advance(GatheredLines.Pause);
        Assert.Equal([1, 5], Sizes());
    }

    [Fact]
    public void A_thousand_lines_do_not_wait()
    {
        Add(1);
        Add(1_000);
        Add(1);
        time.Advance(GatheredLines.Pause);

        Assert.Equal([1, 1_000, 1], Sizes());
        Assert.Equal(seq, batches[^1][^1].Seq);
    }

    public ValueTask DisposeAsync() => gathered.DisposeAsync();

    private void Add(int count)
    {
        lock (gate)
            gathered.Add(
                Enumerable.Range(0, count).Select(_ => new LogLine(++seq, new LogEntry(default, LogEntry.App, "web.1", "x"))).ToList()
            );
    }

    private IEnumerable<int> Sizes() => batches.Select(batch => batch.Count);
}
