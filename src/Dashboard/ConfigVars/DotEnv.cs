using System.Collections.Immutable;

namespace NeetoDeploy.Dashboard.ConfigVars;

/// <summary>
/// Reads the lines of a <c>.env</c> file as dotenv does: <c>KEY=value</c>, with or without <c>export</c>, values bare, in single quotes (as they are) or in double
/// quotes (<c>\n</c> is a new line); <c>#</c> begins a comment.
/// </summary>
public static class DotEnv
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

    private static string Unquote(string value) =>
        value.Length >= 2 && value[0] == '\'' && value[^1] == '\'' ? value[1..^1]
        : value.Length >= 2 && value[0] == '"' && value[^1] == '"'
            ? value[1..^1].Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal)
        : value.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var comment ? value[..comment].TrimEnd()
        : value;
}
