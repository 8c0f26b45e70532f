using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace NeetoDeploy.Core.Versions;

/// <summary>
/// A version range as npm's <c>engines</c> field writes it: alternatives joined by <c>||</c>, each a list of comparators that must all hold:
/// <c>22.x</c>, <c>^20.1</c>, <c>~18.2.0</c>, <c>&gt;=18 &lt;21</c>, <c>18.0.0 - 20.9</c>, <c>*</c>.
/// </summary>
public sealed class SemanticRange
{
    private readonly string text;
    private readonly ImmutableArray<ImmutableArray<SemanticComparator>> alternatives;

    private SemanticRange(string text, ImmutableArray<ImmutableArray<SemanticComparator>> alternatives)
    {
        this.text = text;
        this.alternatives = alternatives;
    }

    /// <summary>Reads a range; false when it is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SemanticRange? range)
    {
        range = null;
        var alternatives = ImmutableArray.CreateBuilder<ImmutableArray<SemanticComparator>>();
        foreach (var part in text.Split("||", StringSplitOptions.TrimEntries))
        {
            if (SemanticRangeParser.Parse(part) is not { } comparators)
                return false;
            alternatives.Add(comparators);
        }
        range = new(text, alternatives.ToImmutable());
        return true;
    }

    /// <summary>
    /// Whether a version satisfies the range. As in npm, a pre-release counts only when the range names a pre-release of the same
    /// major.minor.patch.
    /// </summary>
    public bool Contains(SemanticVersion version) => alternatives.Any(a => Holds(a, version));

    /// <summary>The highest version that satisfies the range; null when none does.</summary>
    public SemanticVersion? Highest(IEnumerable<SemanticVersion> versions) => versions.Where(Contains).Max();

    /// <inheritdoc/>
    public override string ToString() => text;

    private static bool Holds(ImmutableArray<SemanticComparator> comparators, SemanticVersion version) =>
        comparators.All(c => c.Holds(version))
        && (
            version.Prerelease.Length == 0
            || comparators.Any(c =>
                c.Bound.Prerelease.Length > 0
                && (c.Bound.Major, c.Bound.Minor, c.Bound.Patch) == (version.Major, version.Minor, version.Patch)
            )
        );
}

/// <summary>One bound of a range.</summary>
/// <param name="Operator"><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c> or <c>=</c>.</param>
internal sealed record SemanticComparator(string Operator, SemanticVersion Bound)
{
    public bool Holds(SemanticVersion version) =>
        (Operator, version.CompareTo(Bound)) switch
        {
            ("<", < 0) or ("<=", <= 0) or (">", > 0) or (">=", >= 0) or ("=", 0) => true,
            _ => false,
        };
}
