using System.Collections.Immutable;
using System.Text;

namespace NeetoDeploy.Core.Images;

/// <summary>
/// What an image without a launcher is told to run. The rules are those of Heroku's container runtime: a command line goes to a shell, and so does
/// a CMD that no ENTRYPOINT takes, so that <c>$PORT</c> in it means something.
/// </summary>
public static class ImageCommands
{
    private const string Shell = "/bin/sh";

    /// <summary>The words that have the image's shell run a line.</summary>
    public static ImmutableArray<string> OfLine(string line) => [Shell, "-c", line];

    /// <summary>
    /// The words for an image's own CMD. Words that hold no variable stay as they are: they need no shell, which an image may lack. Words that do are
    /// given to a shell in double quotes, which keep each of them one word and let its variables be replaced.
    /// </summary>
    public static ImmutableArray<string> OfImage(IReadOnlyList<string> entrypoint, IReadOnlyList<string> command)
    {
        if (entrypoint.Count > 0 || IsShell(command))
            return [];
        return command switch
        {
            [var line] when line.Any(c => c is ' ' or '$') => OfLine(line),
            _ when command.Any(word => word.Contains('$', StringComparison.Ordinal)) => OfLine(string.Join(' ', command.Select(Quote))),
            _ => [],
        };
    }

    /// <summary>How people see what an image runs by itself.</summary>
    public static string Show(IReadOnlyList<string> entrypoint, IReadOnlyList<string> command)
    {
        var words = IsShell(command) && command.Count == 3 ? command.Skip(2) : command;
        return string.Join(' ', entrypoint.Concat(words));
    }

    private static bool IsShell(IReadOnlyList<string> words) =>
        words.Count > 1 && words[0] is "sh" or Shell or "bash" or "/bin/bash" && words[1].StartsWith('-');

    private static string Quote(string word)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in word)
            quoted.Append(c is '"' or '\\' or '`' ? $"\\{c}" : $"{c}");
        return quoted.Append('"').ToString();
    }
}
