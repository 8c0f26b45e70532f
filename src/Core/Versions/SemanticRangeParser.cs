using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NeetoDeploy.Core.Versions;

/// <summary>Turns npm's shorthand for ranges into plain bounds.</summary>
internal static partial class SemanticRangeParser
{
    /// <summary>A version of which parts may be missing: <c>22</c>, <c>22.x</c>, <c>22.1</c>.</summary>
    private sealed record Partial(int? Major, int? Minor, int? Patch, string Prerelease)
    {
        public SemanticVersion Floor => new(Major ?? 0, Minor ?? 0, Patch ?? 0, Prerelease);

        /// <summary>The first version after all that the given parts allow; it excludes its own pre-releases too.</summary>
        public SemanticVersion? Ceiling =>
            this switch
            {
                { Major: null } => null,
                { Minor: null } => new(Major.Value + 1, 0, 0, "0"),
                { Patch: null } => new(Major.Value, Minor.Value + 1, 0, "0"),
                _ => new(Major.Value, Minor.Value, Patch.Value + 1, "0"),
            };

        public bool IsWhole => Patch is not null;
    }

    /// <summary>Reads one alternative; null when it is no range. The empty text allows everything.</summary>
    public static ImmutableArray<SemanticComparator>? Parse(string text)
    {
        var hyphen = Hyphen().Match(text);
        if (hyphen.Success)
            return ParseHyphen(hyphen.Groups[1].Value, hyphen.Groups[2].Value);
        var all = ImmutableArray.CreateBuilder<SemanticComparator>();
        foreach (var token in OperatorGap().Replace(text, "$1").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (ParseToken(token) is not { } comparators)
                return null;
            all.AddRange(comparators);
        }
        return all.ToImmutable();
    }

    private static ImmutableArray<SemanticComparator>? ParseHyphen(string from, string to) =>
        (ParsePartial(from), ParsePartial(to)) switch
        {
            ({ } low, { IsWhole: true } high) => [new(">=", low.Floor), new("<=", high.Floor)],
            ({ } low, { } high) => [new(">=", low.Floor), .. Below(high.Ceiling)],
            _ => null,
        };

    private static ImmutableArray<SemanticComparator>? ParseToken(string token)
    {
        var match = Token().Match(token);
        if (!match.Success || ParsePartial(match.Groups[2].Value) is not { } version)
            return null;
        return match.Groups[1].Value switch
        {
            "^" => [new(">=", version.Floor), .. Below(CaretCeiling(version))],
            "~" or "~>" => [new(">=", version.Floor), .. Below(TildeCeiling(version))],
            ">" => version.IsWhole ? [new(">", version.Floor)]
            : version.Ceiling is { } next ? [new(">=", next with { Prerelease = "" })]
            : Nothing,
            ">=" => [new(">=", version.Floor)],
            "<" => version.Major is null ? Nothing : [new("<", version.IsWhole ? version.Floor : version.Floor with { Prerelease = "0" })],
            "<=" => version.IsWhole ? [new("<=", version.Floor)] : [.. Below(version.Ceiling)],
            _ => version.IsWhole ? [new("=", version.Floor)] : [new(">=", version.Floor), .. Below(version.Ceiling)],
        };
    }

    private static readonly ImmutableArray<SemanticComparator> Nothing = [new("<", new(0, 0, 0, "0"))];

    private static SemanticVersion? CaretCeiling(Partial version) =>
        version switch
        {
            { Major: null } => null,
            { Major: > 0 } or { Minor: null } => new(version.Major.Value + 1, 0, 0, "0"),
            { Minor: > 0 } or { Patch: null } => new(0, version.Minor.Value + 1, 0, "0"),
            _ => new(0, 0, version.Patch.Value + 1, "0"),
        };

    private static SemanticVersion? TildeCeiling(Partial version) =>
        version switch
        {
            { Major: null } => null,
            { Minor: null } => new(version.Major.Value + 1, 0, 0, "0"),
            _ => new(version.Major.Value, version.Minor.Value + 1, 0, "0"),
        };

    private static ImmutableArray<SemanticComparator> Below(SemanticVersion? ceiling) => ceiling is null ? [] : [new("<", ceiling)];

    private static Partial? ParsePartial(string text)
    {
        var match = PartialVersion().Match(text);
        if (!match.Success)
            return null;
        var (major, minor, patch) = (Part(match, 1), Part(match, 2), Part(match, 3));
        // What follows a wildcard counts for nothing: "1.x.3" is "1".
        minor = major is null ? null : minor;
        patch = minor is null ? null : patch;
        return new(major, minor, patch, patch is null ? "" : match.Groups[4].Value);
    }

    private static int? Part(Match match, int group) =>
        int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\A\s*(\S+)\s+-\s+(\S+)\s*\z")]
    private static partial Regex Hyphen();

    [GeneratedRegex(@"(\^|~>?|[<>]=?|=)\s+")]
    private static partial Regex OperatorGap();

    [GeneratedRegex(@"\A(\^|~>?|[<>]=?|=)?(\S+)\z")]
    private static partial Regex Token();

    [GeneratedRegex(@"\A[v=]*(\d{1,9}|[xX*])(?:\.(\d{1,9}|[xX*])(?:\.(\d{1,9}|[xX*])(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?)?)?\z")]
    private static partial Regex PartialVersion();
}
