using NeetoDeploy.Core.Versions;

namespace NeetoDeploy.Builder.Lifecycle.Tools;

/// <summary><c>lifecycle semver RANGE</c>: reads versions, the first word of each line before a tab, and prints the highest that satisfies the range.</summary>
internal static class VersionTool
{
    private const int NoneSatisfies = 1;
    private const int NoRange = 2;

    public static int Run(string text, TextReader input, TextWriter output)
    {
        if (!SemanticRange.TryParse(text, out var range))
            return NoRange;
        if (range.Highest(Versions(input)) is not { } highest)
            return NoneSatisfies;
        output.WriteLine(highest);
        return 0;
    }

    private static IEnumerable<SemanticVersion> Versions(TextReader input)
    {
        while (input.ReadLine() is { } line)
        {
            if (SemanticVersion.TryParse(line.Split('\t', 2)[0].Trim(), out var version))
                yield return version;
        }
    }
}
