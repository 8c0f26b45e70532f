using System.Collections.Immutable;

namespace NeetoDeploy.Core.Logs;

/// <summary>The newest lines of an app's log, bounded in number and in size.</summary>
/// <param name="most">How many lines at most.</param>
public sealed class LogRing(int most = LogRing.MostLines)
{
    /// <summary>As many as Heroku keeps.</summary>
    public const int MostLines = 1_500;

    /// <summary>Characters of all lines together.</summary>
    public const int MostCharacters = 4 << 20;

    private readonly Queue<LogLine> lines = new();
    private readonly Dictionary<string, DateTimeOffset> newestOutput = [];
    private long characters;

    /// <summary>Number of the newest line ever added; 0 before the first.</summary>
    public long NewestSeq { get; private set; }

    /// <summary>Number of the oldest line that is kept; one more than the newest when there is none.</summary>
    public long OldestSeq => lines.TryPeek(out var oldest) ? oldest.Seq : NewestSeq + 1;

    /// <summary>The time of the oldest line when older ones have been dropped; null when every line is still here.</summary>
    public DateTimeOffset? Horizon => lines.TryPeek(out var oldest) && oldest.Seq > 1 ? oldest.Entry.Time : null;

    /// <summary>Adds lines, whose numbers follow the newest, and drops the oldest ones beyond the bounds.</summary>
    public void Add(IEnumerable<LogLine> added)
    {
        foreach (var line in added)
        {
            lines.Enqueue(line);
            NewestSeq = line.Seq;
            characters += line.Entry.Text.Length;
            if (line.Entry.Source == LogEntry.App && line.Entry.Time >= newestOutput.GetValueOrDefault(line.Entry.Process))
                newestOutput[line.Entry.Process] = line.Entry.Time;
        }
        while (lines.Count > most || (characters > MostCharacters && lines.Count > 1))
            characters -= lines.Dequeue().Entry.Text.Length;
    }

    /// <summary>Whether a dyno's line, read again, is here already or was dropped as too old.</summary>
    public bool Has(LogEntry entry)
    {
        if (!newestOutput.TryGetValue(entry.Process, out var newest) || entry.Time > newest)
            return false;
        return entry.Time < Horizon || lines.Any(line => line.Entry == entry);
    }

    /// <summary>Whether this very line is kept under a number up to <paramref name="newest"/>.</summary>
    public bool Holds(LogEntry entry, long newest) => lines.TakeWhile(line => line.Seq <= newest).Any(line => line.Entry == entry);

    /// <summary>Lines after a number, oldest first.</summary>
    public ImmutableArray<LogLine> After(long seq, LogFilter filter) =>
        seq >= NewestSeq ? [] : [.. lines.Where(line => line.Seq > seq && filter.Matches(line.Entry))];

    /// <summary>The newest lines that match, oldest first.</summary>
    public ImmutableArray<LogLine> Newest(int count, LogFilter filter) =>
        [.. lines.Where(line => filter.Matches(line.Entry)).TakeLast(Math.Min(count, MostLines))];
}
