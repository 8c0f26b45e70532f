using System.Diagnostics;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.Dashboard.Logs;

/// <summary>Which lines a page shows.</summary>
public sealed class LineFilter
{
    /// <summary>So long one look at all lines may take; an expression that needs more is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly LogFilter from;
    private readonly LinePattern? pattern;
    private readonly TimeSpan patience;

    private LineFilter(LogFilter from, LinePattern? pattern, TimeSpan patience) =>
        (this.from, this.pattern, this.patience) = (from, pattern, patience);

    /// <summary>Why the text is left out of account, for people; null when it is not.</summary>
    public string? Mistake => pattern?.Mistake;

    /// <summary>What people wrote; nothing means everything.</summary>
    /// <param name="text">See <see cref="LinePattern"/>.</param>
    /// <param name="patience">How long one look at all lines may take; null: five seconds.</param>
    public static LineFilter Of(string? process = null, string? source = null, string? text = null, TimeSpan? patience = null) =>
        new(new LogFilter(Blank(process), Blank(source)), LinePattern.Of(text), patience ?? Patience);

    public bool Matches(LogLine line) => from.Matches(line.Entry) && pattern?.IsMatch(line.Entry.Text) is not false;

    /// <summary>Adds those of the rows that match, from an index on. Notices match always.</summary>
    public void Select(List<LogRow> rows, int start, List<LogRow> into)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = start; i < rows.Count; i++)
        {
            if (rows[i].Line is not { } line || Matches(line))
                into.Add(rows[i]);
            if (pattern is { IsExpression: true, Mistake: null } && i % 64 == 0 && Stopwatch.GetElapsedTime(began) > patience)
                pattern.GiveUp();
        }
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
