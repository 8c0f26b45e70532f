using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.Dashboard.Logs;

/// <summary>One place in a page's list of lines: a line, or what there is to say about lines that are missing there.</summary>
/// <param name="Seq">The line's number, or one of those that are missing: rows grow by it.</param>
/// <param name="Line">Null for a notice.</param>
/// <param name="Notice">Null for a line.</param>
public readonly record struct LogRow(long Seq, LogLine? Line, string? Notice)
{
    public static LogRow Of(LogLine line) => new(line.Seq, line, null);

    public static LogRow About(long seq, long count, string what) =>
        new(seq, null, $"{count} {(count == 1 ? "line is" : "lines are")} {what}.");
}
