using System.Text;
using System.Text.RegularExpressions;

namespace NeetoDeploy.Builder.Dockerfiles;

/// <summary>
/// What a <c>.dockerignore</c> keeps out of a build's context. Its patterns are Go's <c>filepath.Match</c> with <c>**</c> for any number of folders; the
/// last one that fits a path, or a folder above it, decides; <c>!</c> takes back.
/// </summary>
internal sealed class DockerIgnore
{
    public const string FileName = ".dockerignore";

    private readonly List<(Regex Pattern, bool IsException)> rules = [];

    public DockerIgnore(IEnumerable<string> lines)
    {
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var isException = line[0] == '!';
            var steps = line[(isException ? 1 : 0)..].Trim().Split('/').Where(step => step is not ("" or "."));
            if (string.Join('/', steps) is { Length: > 0 } pattern && Compile(pattern) is { } rule)
                rules.Add((rule, isException));
        }
    }

    public bool Excludes(string path)
    {
        var isExcluded = false;
        foreach (var (pattern, isException) in rules)
        {
            if (isExcluded == isException && Fits(pattern, path))
                isExcluded = !isException;
        }
        return isExcluded;
    }

    private static bool Fits(Regex pattern, string path)
    {
        for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
        {
            if (pattern.IsMatch(path[..end]))
                return true;
        }
        return pattern.IsMatch(path);
    }

    /// <summary>Null for a pattern that no path can fit, such as one with an open bracket.</summary>
    private static Regex? Compile(string pattern)
    {
        var text = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern[i..];
            if (rest.StartsWith("**/", StringComparison.Ordinal))
                (i, _) = (i + 2, text.Append("(?:.*/)?"));
            else if (rest.StartsWith("**", StringComparison.Ordinal))
                (i, _) = (i + 1, text.Append(".*"));
            else if (rest[0] == '[' && rest.IndexOf(']', StringComparison.Ordinal) is > 1 and var end)
                (i, _) = (i + end, text.Append(rest[..(end + 1)]));
            else if (rest[0] == '\\' && rest.Length > 1)
                (i, _) = (i + 1, text.Append(Regex.Escape(rest[1..2])));
            else
                text.Append(
                    rest[0] switch
                    {
                        '*' => "[^/]*",
                        '?' => "[^/]",
                        var c => Regex.Escape($"{c}"),
                    }
                );
        }
        try
        {
            // The pattern is somebody else's: no pattern may take more than a look at each character.
            return new Regex(
                text.Append(@"\z").ToString(),
                RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant
            );
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
