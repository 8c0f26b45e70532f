using NeetoDeploy.Core.Logs;
using NeetoDeploy.Dashboard.Logs;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.Dashboard.Tests.Logs;

public sealed class LogScreenTests
{
    private readonly LogScreen screen = new();

    [Fact]
    public void What_a_reader_does_not_get_is_a_gap()
    {
        Come(new LogBatch(null, [Line(7), Line(8)]));
        Come(new LogBatch(new LogGap(9, 11), [Line(12), Line(13)]));

        Assert.Equal([7L, 8, 9, 12, 13], Numbers());
        Assert.Equal("3 lines are missing here.", screen.Shown[2].Notice);
        Assert.Equal(13, screen.LastSeq);

        Come(new LogBatch(new LogGap(14, 14), []));
        Assert.Equal("1 line is missing here.", screen.Shown[^1].Notice);
        Assert.Equal(14, screen.LastSeq);
    }

    [Fact]
    public void A_hundred_thousand_lines_are_held_and_what_has_left_is_counted()
    {
        foreach (var thousand in Enumerable.Range(0, 300))
            Come(new LogBatch(null, [.. Enumerable.Range(thousand * 1000 + 1, 1000).Select(seq => Line(seq))]));

        Assert.InRange(screen.Shown.Count, LogScreen.Most, LogScreen.Most * 5 / 4 + 1);
        Assert.Equal(300_000, screen.Shown[^1].Seq);
        Assert.Equal($"{300_000 - (screen.Shown.Count - 1)} lines are no longer on this page.", screen.Shown[0].Notice);
    }

    [Fact]
    public void Long_lines_leave_sooner()
    {
        var text = new string('x', 10_000);
        for (var seq = 1; seq <= 4_000; seq++)
            screen.Add(new LogBatch(null, [Line(seq, text: text)]));
        screen.CatchUp();

        Assert.InRange(screen.Shown.Sum(row => row.Line?.Entry.Text.Length ?? 0), 10_000, LogScreen.MostCharacters * 5 / 4);
        Assert.Equal(4_000, screen.Shown[^1].Seq);
    }

    [Fact]
    public void A_hundred_thousand_lines_are_filtered_by_text_and_by_an_expression()
    {
        screen.Add(
            new LogBatch(
                null,
                [
                    .. Enumerable
                        .Range(1, 100_000)
                        .Select(seq =>
                            Line(seq, text: $"GET /orders/{seq} \u001b[32m{(seq % 100 == 0 ? 503 : 200)}\u001b[0m in {seq % 7} ms")
                        ),
                ]
            )
        );

        screen.Choose(LineFilter.Of(text: "503 IN 6"));
        Assert.Equal(143, screen.Shown.Count);
        screen.Choose(LineFilter.Of(text: @"/orders\/\d+000 503/", patience: TimeSpan.FromMinutes(1)));
        Assert.Equal(100, screen.Shown.Count);
        screen.Choose(LineFilter.Of());
        Assert.Equal(100_000, screen.Shown.Count);
    }

    [Fact]
    public void No_expression_hangs_the_page()
    {
        screen.Add(new LogBatch(null, [.. Enumerable.Range(1, 2_000).Select(seq => Line(seq, text: new string('a', 2_000) + "!"))]));

        var filter = LineFilter.Of(text: "/(a|a)*(a|aa)+(a+)+(a+)+b|((a{50}){50}){50}c/");
        screen.Choose(filter);

        // Either it is fast enough and nothing matches, or it is given up, which is said, and nothing is hidden.
        Assert.True(filter.Mistake is null ? screen.Shown.Count == 0 : screen.Shown.Count == 2_000);
    }

    [Fact]
    public void Lines_that_come_while_somebody_reads_are_shown_when_they_catch_up()
    {
        Come(new LogBatch(null, [Line(1), Line(2)]));
        screen.Add(new LogBatch(null, [Line(3), Line(4)]));

        Assert.Equal([1L, 2], Numbers());
        Assert.Equal(2, screen.Waiting);

        screen.CatchUp();
        Assert.Equal([1L, 2, 3, 4], Numbers());
        Assert.Equal(0, screen.Waiting);
    }

    [Fact]
    public void Text_process_and_source_choose_lines_and_gaps_stay()
    {
        screen.Add(new LogBatch(null, [Line(1, "web.1", "GET /"), Line(2, "worker.1", "get a job")]));
        screen.Add(new LogBatch(new LogGap(3, 3), [Line(4, "web.1", "POST /")]));

        screen.Choose(LineFilter.Of(text: "get"));
        Assert.Equal([1L, 2, 3], Numbers());
        screen.Choose(LineFilter.Of("web", "app"));
        Assert.Equal([1L, 3, 4], Numbers());
        Come(new LogBatch(null, [Line(5, "worker.1"), Line(6)]));
        Assert.Equal([1L, 3, 4, 6], Numbers());
        Assert.True(screen.HasLine(5));
        Assert.Equal((3, true), (screen.IndexOf(6), screen.IndexOf(5) < 0));
    }

    [Fact]
    public void A_page_that_was_loaded_anew_says_what_it_has_missed()
    {
        Come(new LogBatch(null, [Line(12), Line(13)]));
        screen.ResumeAfter(11);
        screen.CatchUp();
        Assert.Equal([12L, 13], Numbers());

        screen.ResumeAfter(7);
        screen.CatchUp();
        Assert.Equal("4 lines are missing here.", screen.Shown[0].Notice);
        Assert.Equal([8L, 12, 13], Numbers());
    }

    private void Come(LogBatch batch)
    {
        screen.Add(batch);
        screen.CatchUp();
    }

    private IEnumerable<long> Numbers() => screen.Shown.Select(row => row.Seq);

    private static LogLine Line(long seq, string process = "web.1", string text = "x") =>
        new(seq, new LogEntry(DateTimeOffset.UnixEpoch, LogEntry.App, process, text));
}
