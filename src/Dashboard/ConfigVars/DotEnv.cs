using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace NeetoDeploy.Dashboard.ConfigVars;

/// <summary>
/// Reads and writes the lines of a <c>.env</c> file as dotenv does: <c>KEY=value</c>, with or without <c>export</c>, values bare, in single quotes (as they are) or in double
/// quotes (<c>\n</c>, <c>\r</c>, <c>\"</c>, <c>\\</c>); <c>#</c> begins a comment.
/// </summary>
public static partial class DotEnv
{
    /// <summary>Names with their values; the last of one name counts. Refused, naming the line, when one is neither empty, nor a comment, nor an assignment.</summary>
    public static Result<ImmutableSortedDictionary<string, string>> Parse(string text)
    {
        var vars = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (number, line) in text.Split('\n').Select((line, index) => (index + 1, line.Trim())))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var assignment = line.StartsWith("export ", StringComparison.Ordinal) ? line[7..].TrimStart() : line;
            var equals = assignment.IndexOf('=');
            if (equals <= 0)
                return new Error(ErrorCodes.ConfigVarInvalidName, $"Line {number} is no assignment such as KEY=value.");
            vars[assignment[..equals].TrimEnd()] = Unquote(assignment[(equals + 1)..].Trim());
        }
        return vars.ToImmutable();
    }

    /// <summary>Lines that <see cref="Parse"/> reads as the same, one a var. Values are in single quotes; those with line ends or single quotes in double ones.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, string>> vars) =>
        string.Concat(vars.Select(pair => $"{pair.Key}={Quote(pair.Value)}\n"));

    private static string Quote(string value) =>
        value.AsSpan().IndexOfAny("\r\n'") < 0 ? $"'{value}'" : $"\"{string.Concat(value.Select(Escaped))}\"";

    private static string Escaped(char c) =>
        c switch
        {
            '\n' => @"\n",
            '\r' => @"\r",
            '"' or '\\' => $@"\{c}",
            _ => c.ToString(),
        };

    private static string Unquote(string value) =>
        value.Length >= 2 && value[0] == '\'' && value[^1] == '\'' ? value[1..^1]
        : value.Length >= 2 && value[0] == '"' && value[^1] == '"' ? Escape().Replace(value[1..^1], Unescape)
        : value.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var comment ? value[..comment].TrimEnd()
        : value;

    private static string Unescape(Match escape) =>
        escape.Value[1] switch
        {
            'n' => "\n",
            'r' => "\r",
            var itself => itself.ToString(),
        };

    [GeneratedRegex("""\\[nr"\\]""")]
    private static partial Regex Escape();
}
