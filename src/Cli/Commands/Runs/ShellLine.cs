using System.Buffers;

namespace NeetoDeploy.Cli.Commands.Runs;

/// <summary>The words of a command as the one line that a dyno's shell gets, as the official CLI builds it.</summary>
internal static class ShellLine
{
    private static readonly SearchValues<char> Parted = SearchValues.Create(" \t\n\"'()");

    /// <summary>
    /// One word is a line already. Of several, those that the user's shell has held together are held together again; the dyno's variables are its own, so
    /// <c>$</c> keeps its meaning, and a word such as <c>&amp;&amp;</c> too.
    /// </summary>
    public static string Of(IReadOnlyList<string> words) => words is [var line] ? line : string.Join(' ', words.Select(Quote));

    private static string Quote(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAny(Parted)
            ? word
            : $"\"{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
