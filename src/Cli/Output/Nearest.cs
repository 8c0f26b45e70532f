namespace NeetoDeploy.Cli.Output;

/// <summary>What somebody may have meant.</summary>
internal static class Nearest
{
    private const int Most = 3;

    /// <summary>The names that a few slips of the finger make of <paramref name="word"/>, nearest first; at most three.</summary>
    public static IReadOnlyList<string> To(string word, IEnumerable<string> known)
    {
        var slips = Math.Max(1, word.Length / 4);
        return
        [
            .. known
                .Select(name => (Name: name, Distance: Distance(word, name)))
                .Where(candidate => candidate.Distance <= slips || candidate.Name.StartsWith(word, StringComparison.Ordinal))
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
                .Take(Most)
                .Select(candidate => candidate.Name),
        ];
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours.</summary>
    private static int Distance(string left, string right)
    {
        var steps = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
                steps[i, j] = i == 0 || j == 0 ? i + j : Step(i, j);
        }
        return steps[left.Length, right.Length];

        int Step(int i, int j)
        {
            var same = left[i - 1] == right[j - 1];
            var least = Math.Min(steps[i - 1, j - 1] + (same ? 0 : 1), Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1);
            var swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
            return swapped ? Math.Min(least, steps[i - 2, j - 2] + 1) : least;
        }
    }
}
