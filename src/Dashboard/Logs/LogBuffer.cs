using NeetoDeploy.Core.Logs;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.Dashboard.Logs;

/// <summary>The lines that one page holds: the newest ten thousand. What is missing is shown as a gap.</summary>
public sealed class LogBuffer
{
    public const int Most = 10_000;

    private readonly List<LogLine> lines = [];

    /// <summary>Number of the newest line; null when there is none yet.</summary>
    public long? LastSeq { get; private set; }

    public void Add(LogBatch batch)
    {
        if (batch.Gap is { } gap)
            lines.Add(Gap(gap.Count, batch.Lines.Count > 0 ? batch.Lines[0].Entry.Time : DateTimeOffset.UnixEpoch));
        lines.AddRange(batch.Lines);
        LastSeq = batch.Lines.Count > 0 ? batch.Lines[^1].Seq : batch.Gap?.To ?? LastSeq;
        if (lines.Count > Most)
            lines.RemoveRange(0, lines.Count - Most);
    }

    /// <summary>The lines that match, oldest first. Gaps match always.</summary>
    /// <param name="text">What a line must hold, in capitals or not; null: anything.</param>
    public List<LogLine> Where(LogFilter filter, string? text) =>
        lines.FindAll(line =>
            line.Seq == 0
            || (filter.Matches(line.Entry) && (text is null || line.Entry.Text.Contains(text, StringComparison.OrdinalIgnoreCase)))
        );

    private static LogLine Gap(long count, DateTimeOffset time) =>
        new(0, new LogEntry(time, LogEntry.Platform, "logplex", $"{count} {(count == 1 ? "line is" : "lines are")} missing here."));
}
