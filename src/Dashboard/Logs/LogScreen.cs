using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.Dashboard.Logs;

/// <summary>
/// The lines that one page holds, the newest of its log, and those of them that it shows. What comes is held at once and shown when the page asks for it: a reader
/// who has stopped to read sees nothing move. What is missing is said where it is missing.
/// </summary>
public sealed class LogScreen
{
    /// <summary>At least so many lines are held.</summary>
    public const int Most = 100_000;

    /// <summary>Unless they have more characters than these together.</summary>
    public const int MostCharacters = 16 << 20;

    /// <summary>Lines leave in herds: whoever has begun to read is seldom disturbed.</summary>
    private const int Herd = Most / 4;

    private static readonly Comparer<LogRow> BySeq = Comparer<LogRow>.Create((a, b) => a.Seq.CompareTo(b.Seq));

    private readonly List<LogRow> held = [];
    private readonly List<LogRow> shown = [];
    private LineFilter filter = LineFilter.Of();
    private long characters;
    private long left;
    private int taken;

    /// <summary>Rows that match the filter, oldest first, as they were at the last <see cref="CatchUp"/>.</summary>
    public IReadOnlyList<LogRow> Shown => shown;

    /// <summary>Number of the newest line; null when there is none yet.</summary>
    public long? LastSeq { get; private set; }

    /// <summary>How many lines have come since the last <see cref="CatchUp"/>.</summary>
    public long Waiting { get; private set; }

    public bool HasLine(long seq) => Find(held, seq) is >= 0 and var at && held[at].Line is not null;

    /// <summary>Where a line is shown; negative when it is not.</summary>
    public int IndexOf(long seq) => Find(shown, seq);

    public void Add(LogBatch batch)
    {
        if (batch.Gap is { } gap)
            held.Add(Missing(gap.From, gap.To));
        foreach (var line in batch.Lines)
        {
            held.Add(LogRow.Of(line));
            characters += line.Entry.Text.Length;
        }
        Waiting += batch.Lines.Count;
        LastSeq = batch.Lines.Count > 0 ? batch.Lines[^1].Seq : batch.Gap?.To ?? LastSeq;
        if (held.Count > Most + Herd || characters > MostCharacters + MostCharacters / 4)
            LetGo();
    }

    /// <summary>The reader had read up to a line before this page was loaded anew.</summary>
    public void ResumeAfter(long seq)
    {
        if (held.Count == 0 || held[0].Seq <= seq + 1)
            return;
        held.Insert(0, Missing(seq + 1, held[0].Seq - 1));
        taken = 0;
    }

    /// <summary>Shows what has come meanwhile.</summary>
    public void CatchUp()
    {
        if (taken == 0)
            shown.Clear();
        var mistake = filter.Mistake;
        filter.Select(held, taken, shown);
        (taken, Waiting) = (held.Count, 0);
        if (filter.Mistake != mistake)
            Choose(filter);
    }

    /// <summary>Shows other lines.</summary>
    public void Choose(LineFilter chosen)
    {
        (filter, taken) = (chosen, 0);
        CatchUp();
    }

    private void LetGo()
    {
        var count = 0;
        for (; held.Count - count > Most || characters > MostCharacters; count++)
        {
            if (held[count].Line is not { } line)
                continue;
            characters -= line.Entry.Text.Length;
            left++;
        }
        // The last of those that leave says how many have left.
        held[count - 1] = LogRow.About(held[count - 1].Seq, left, "no longer on this page");
        held.RemoveRange(0, count - 1);
        taken = 0;
    }

    private static LogRow Missing(long from, long to) => LogRow.About(from, to - from + 1, "missing here");

    private static int Find(List<LogRow> rows, long seq) => rows.BinarySearch(new LogRow(seq, null, null), BySeq);
}
