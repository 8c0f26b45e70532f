using System.Text;
using System.Text.RegularExpressions;

namespace NeetoDeploy.Builder.Layers;

/// <summary>
/// Patterns of Go's <c>filepath.Match</c> (<see href="https://pkg.go.dev/path/filepath#Match"/>), by which buildpacks name parts of the app: <c>*</c> and
/// <c>?</c> stop at a slash, <c>[a-z]</c> and <c>[^a-z]</c> are one character, a backslash takes the next character as it is.
/// </summary>
internal static class PathPattern
{
    /// <summary>Matches paths that one of the patterns names, and what lies below them.</summary>
    /// <exception cref="FormatException">A pattern is malformed.</exception>
    public static Regex Of(IEnumerable<string> patterns) =>
        new(
            $@"\A({string.Join('|', patterns.Select(Translate))})(/|\z)",
            RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline
        );

    /// <summary>The character class that begins at a place, as <c>.gitignore</c> writes it, with a <c>!</c> for a <c>^</c>; null when there is none.</summary>
    public static (string Regex, int End)? FindClass(string pattern, int at)
    {
        if (pattern[at] != '[' || pattern.IndexOf(']', at) < 0)
            return null;
        var go = pattern[at..].StartsWith("[!", StringComparison.Ordinal) ? pattern[..at] + "[^" + pattern[(at + 2)..] : pattern;
        try
        {
            var regex = new StringBuilder();
            var end = TranslateClass(go, at + 1, regex);
            // Here a slash is no character that a class could be without.
            return (regex.Replace("[^", "[^/", 0, 2).ToString(), end);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[':
                    i = TranslateClass(pattern, i + 1, regex);
                    break;
                default:
                    regex.Append(Regex.Escape(Literal(pattern, ref i).ToString()));
                    break;
            }
        }
        return regex.ToString();
    }

    /// <summary>Answers where the class ends.</summary>
    private static int TranslateClass(string pattern, int i, StringBuilder regex)
    {
        var negated = At(pattern, i) == '^';
        i += negated ? 1 : 0;
        var ranges = new StringBuilder();
        while (At(pattern, i) != ']' || ranges.Length == 0)
        {
            if (pattern[i] is '-' or ']')
                throw Malformed(pattern);
            var low = Literal(pattern, ref i);
            var high = low;
            if (At(pattern, i + 1) == '-')
            {
                i += 2;
                _ = At(pattern, i) is '-' or ']' ? throw Malformed(pattern) : true;
                high = Literal(pattern, ref i);
            }
            if (low <= high)
                ranges.Append(Escape(low)).Append('-').Append(Escape(high));
            else
                ranges.Append(Nothing);
            i++;
        }
        regex.Append(negated ? "[^" : "[").Append(ranges).Append(']');
        return i;
    }

    // A range that ends before it begins holds no character of a path.
    private const string Nothing = "\\0";

    private static string Escape(char c) => $"\\u{(int)c:x4}";

    private static char Literal(string pattern, ref int i) => pattern[i] == '\\' ? At(pattern, ++i) : pattern[i];

    private static char At(string pattern, int i) => i < pattern.Length ? pattern[i] : throw Malformed(pattern);

    private static FormatException Malformed(string pattern) => new($"'{pattern}' is no pattern of paths");
}
