namespace NeetoDeploy.Cli.Output;

/// <summary>What somebody may have meant.</summary>
internal static class Nearest
{
    private const int Most = 3;

    /// <summary>The names that a few slips of the finger make of <paramref name="word"/>, nearest first; at most three.</summary>
    public static IReadOnlyList<string> To(string word, IEnumerable<string> known)
    {
        var slips = Math.Max(1, word.Length / 3);
        return
        [
            .. known.Select(name => (Name: name, Distance: Distance(word, name)))
                .Where(candidate => candidate.Distance <= slips || candidate.Name.StartsWith(word, StringComparison.Ordinal))
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
                .Take(Most)
                .Select(candidate => candidate.Name),
        ];
    }

    /// <summary>Levenshtein's: insertions, deletions and replacements.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
