using System.Text;

namespace NeetoDeploy.Core.Logs;

/// <summary>Makes what a process wrote fit for a log: lines of a bounded size, without what breaks terminals, databases and JSON.</summary>
public static class LogText
{
    /// <summary>Longer lines are split, as at Heroku.</summary>
    public const int MostBytes = 10_000;

    /// <summary>
    /// The lines of an entry: cut at newlines and at 10,000 bytes of UTF-8, never inside a character. NUL and lone surrogates become U+FFFD; escape
    /// sequences stay.
    /// </summary>
    public static IEnumerable<LogEntry> Lines(LogEntry entry)
    {
        if (IsOrdinary(entry.Text))
            return [entry];
        return entry.Text.Split('\n').SelectMany(line => Pieces(Clean(line.TrimEnd('\r')))).Select(piece => entry with { Text = piece });
    }

    private static bool IsOrdinary(string text) =>
        text.Length <= MostBytes / 3
        && !text.AsSpan().ContainsAny('\n', '\r', '\0')
        && !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff');

    private static string Clean(string line)
    {
        var clean = new StringBuilder(line.Length);
        foreach (var rune in line.EnumerateRunes()) // a lone surrogate is enumerated as U+FFFD
            clean.Append(rune.Value == 0 ? "\ufffd" : rune.ToString());
        return clean.ToString();
    }

    private static IEnumerable<string> Pieces(string line)
    {
        var start = 0;
        var bytes = 0;
        var position = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > MostBytes)
            {
                yield return line[start..position];
                start = position;
                bytes = 0;
            }
            bytes += rune.Utf8SequenceLength;
            position += rune.Utf16SequenceLength;
        }
        yield return line[start..];
    }
}
