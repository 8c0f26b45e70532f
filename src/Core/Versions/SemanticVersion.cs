using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NeetoDeploy.Core.Versions;

/// <summary>A version by semver.org 2.0.0. Build metadata is dropped: it does not order versions.</summary>
/// <param name="Prerelease">Such as <c>rc.1</c>; empty for a release.</param>
public sealed partial record SemanticVersion(int Major, int Minor, int Patch, string Prerelease = "") : IComparable<SemanticVersion>
{
    /// <summary>Reads <c>1.2.3</c>, <c>v1.2.3-rc.1</c> or <c>1.2.3+build</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = null;
        var match = Pattern().Match(text);
        if (!match.Success || !Number(match, 1, out var major) || !Number(match, 2, out var minor) || !Number(match, 3, out var patch))
            return false;
        version = new(major, minor, patch, match.Groups[4].Value);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
            return 1;
        var core = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return core != 0 ? core : ComparePrerelease(Prerelease, other.Prerelease);
    }

    /// <inheritdoc/>
    public override string ToString() => Prerelease.Length == 0 ? $"{Major}.{Minor}.{Patch}" : $"{Major}.{Minor}.{Patch}-{Prerelease}";

    private static int ComparePrerelease(string left, string right)
    {
        // A release comes after its pre-releases.
        if (left.Length == 0 || right.Length == 0)
            return (left.Length == 0).CompareTo(right.Length == 0);
        var (a, b) = (left.Split('.'), right.Split('.'));
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            var identifier = CompareIdentifier(a[i], b[i]);
            if (identifier != 0)
                return identifier;
        }
        return a.Length.CompareTo(b.Length);
    }

    private static int CompareIdentifier(string left, string right)
    {
        var (leftIsNumber, rightIsNumber) = (long.TryParse(left, out var a), long.TryParse(right, out var b));
        return (leftIsNumber, rightIsNumber) switch
        {
            (true, true) => a.CompareTo(b),
            (true, false) => -1,
            (false, true) => 1,
            _ => Math.Sign(string.CompareOrdinal(left, right)),
        };
    }

    private static bool Number(Match match, int group, out int number) =>
        int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"\Av?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?\z")]
    private static partial Regex Pattern();
}
