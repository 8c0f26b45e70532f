using System.Text.RegularExpressions;

namespace NeetoDeploy.Builder.Tests;

/// <summary>What <c>docs/cnb-conformance.md</c> says is held by a test is.</summary>
public sealed partial class ConformanceListTests
{
    [Fact]
    public void Every_test_that_the_list_names_exists()
    {
        var sources = Directory
            .GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .ToLookup(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText);
        var named = File.ReadLines(Path.Combine(Repository.Root, "docs/cnb-conformance.md"))
            .Where(line => line.StartsWith('|'))
            .SelectMany(line => TestName().Matches(line.Split('|')[^2]))
            .ToList();

        Assert.True(named.Count > 60);
        Assert.All(named, n => Assert.Contains(sources[n.Groups["type"].Value], text => Holds(text, n.Groups["method"].Value)));
    }

    [Fact]
    public void Whatever_is_followed_names_its_test() =>
        Assert.DoesNotContain(
            File.ReadLines(Path.Combine(Repository.Root, "docs/cnb-conformance.md"))
                .Where(line => line.StartsWith('|') && line.Split('|')[^3].Trim().StartsWith("yes", StringComparison.Ordinal))
                .Where(line => !line.Contains("every test of", StringComparison.Ordinal)),
            line => !TestName().IsMatch(line.Split('|')[^2])
        );

    private static bool Holds(string text, string method) => method.Length == 0 || text.Contains($" {method}(", StringComparison.Ordinal);

    [GeneratedRegex(@"`(?<type>\w+Tests)(\.(?<method>\w+))?`")]
    private static partial Regex TestName();
}
