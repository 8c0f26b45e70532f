using System.Text;
using System.Text.RegularExpressions;

namespace NeetoDeploy.Builder.Sources;

/// <summary>
/// The patterns of a <c>.slugignore</c>: like <c>.gitignore</c>, without <c>!</c>
/// (<see href="https://devcenter.heroku.com/articles/slug-compiler#ignoring-files-with-slugignore"/>).
/// </summary>
internal sealed class SlugIgnore
{
    public const string FileName = ".slugignore";

    private readonly List<(Regex Pattern, bool FoldersOnly)> rules = [];

    public SlugIgnore(IEnumerable<string> lines)
    {
        foreach (var line in lines.Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] is not ('#' or '!')))
        {
            var body = line.TrimEnd('/');
            var anchored = body.Contains('/');
            var expression = (anchored ? @"\A" : @"(\A|/)") + Translate(body.TrimStart('/')) + @"\z";
            rules.Add(
                (
                    new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline),
                    line.EndsWith('/')
                )
            );
        }
    }

    public bool Excludes(string path, bool isFolder) => rules.Exists(r => (isFolder || !r.FoldersOnly) && r.Pattern.IsMatch(path));

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
