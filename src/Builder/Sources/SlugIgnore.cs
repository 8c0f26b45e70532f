using System.Text;
using System.Text.RegularExpressions;
using NeetoDeploy.Builder.Layers;

namespace NeetoDeploy.Builder.Sources;

/// <summary>
/// The patterns of a <c>.slugignore</c>: like <c>.gitignore</c>, without <c>!</c>
/// (<see href="https://devcenter.heroku.com/articles/slug-compiler#ignoring-files-with-slugignore"/>).
/// </summary>
internal sealed class SlugIgnore
{
    public const string FileName = ".slugignore";

    private readonly List<(Regex Pattern, bool FoldersOnly, bool Excludes)> rules = [];

    /// <param name="lines">Patterns.</param>
    /// <param name="takesBack">As in <c>.gitignore</c> a pattern after a <c>!</c> takes back what earlier ones say; Heroku passes such a line over.</param>
    public SlugIgnore(IEnumerable<string> lines, bool takesBack = false)
    {
        foreach (var whole in lines.Select(l => l.Trim()).Where(l => l.Length > 0 && (l[0] != '!' || takesBack) && l[0] != '#'))
        {
            var line = whole.TrimStart('!');
            var body = line.TrimEnd('/');
            var anchored = body.Contains('/');
            var expression = (anchored ? @"\A" : @"(\A|/)") + Translate(body.TrimStart('/')) + @"\z";
            rules.Add(
                (
                    new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline),
                    line.EndsWith('/'),
                    whole[0] != '!'
                )
            );
        }
    }

    /// <summary>Whether a path is excluded by itself or with a folder that it is in; a folder's path ends with a slash.</summary>
    public bool Excludes(string path)
    {
        for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
        {
            if (Excludes(path[..end], isFolder: true))
                return true;
        }
        return !path.EndsWith('/') && Excludes(path, isFolder: false);
    }

    /// <summary>What the last pattern that matches says.</summary>
    public bool Excludes(string path, bool isFolder) =>
        rules.FindLast(r => (isFolder || !r.FoldersOnly) && r.Pattern.IsMatch(path)).Excludes;

    private static string Translate(string glob)
    {
        var regex = new StringBuilder();
        for (var i = 0; i < glob.Length; i++)
        {
            if (glob.AsSpan(i).StartsWith("**/", StringComparison.Ordinal))
            {
                regex.Append("(.*/)?");
                i += 2;
            }
            else if (glob.AsSpan(i).StartsWith("**", StringComparison.Ordinal))
            {
                regex.Append(".*");
                i++;
            }
            else if (PathPattern.FindClass(glob, i) is { } found)
            {
                regex.Append(found.Regex);
                i = found.End;
            }
            else
            {
                regex.Append(
                    glob[i] switch
                    {
                        '*' => "[^/]*",
                        '?' => "[^/]",
                        var c => Regex.Escape(c.ToString()),
                    }
                );
            }
        }
        return regex.ToString();
    }
}
