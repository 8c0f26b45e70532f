using CsCheck;
using NeetoDeploy.Core.Versions;

namespace NeetoDeploy.Core.Tests.Versions;

public sealed class SemanticRangeTests
{
    [Theory]
    [InlineData("24.x", "24.0.0 24.9.1", "23.9.9 25.0.0 24.0.0-rc.1")]
    [InlineData("24", "24.0.0 24.9.1", "23.9.9 25.0.0")]
    [InlineData("20.1", "20.1.0 20.1.9", "20.0.9 20.2.0")]
    [InlineData("*", "0.0.1 99.1.2", "1.0.0-beta")]
    [InlineData("", "0.0.1 99.1.2", "1.0.0-beta")]
    [InlineData("1.2.3", "1.2.3", "1.2.4 1.2.2")]
    [InlineData("=1.2.3", "1.2.3", "1.2.4")]
    [InlineData("v1.2.3", "1.2.3", "1.2.4")]
    [InlineData("^1.2.3", "1.2.3 1.9.0", "1.2.2 2.0.0 2.0.0-alpha")]
    [InlineData("^0.2.3", "0.2.3 0.2.9", "0.3.0 0.2.2")]
    [InlineData("^0.0.3", "0.0.3", "0.0.4 0.0.2")]
    [InlineData("^0.0", "0.0.0 0.0.9", "0.1.0")]
    [InlineData("^20.1", "20.1.0 20.99.0", "20.0.9 21.0.0")]
    [InlineData("^0.x", "0.0.0 0.9.0", "1.0.0")]
    [InlineData("~1.2.3", "1.2.3 1.2.9", "1.3.0 1.2.2")]
    [InlineData("~1", "1.0.0 1.9.9", "2.0.0")]
    [InlineData("~> 1.2", "1.2.0 1.2.7", "1.3.0")]
    [InlineData(">=18 <21", "18.0.0 20.9.9", "17.9.9 21.0.0 21.0.0-rc.1")]
    [InlineData(">= 18.2.0", "18.2.0 30.0.0", "18.1.9")]
    [InlineData(">18", "19.0.0 20.1.0", "18.0.0 18.9.9")]
    [InlineData(">18.1.1", "18.1.2", "18.1.1")]
    [InlineData("<=20", "20.9.9 1.0.0", "21.0.0")]
    [InlineData("<20", "19.9.9", "20.0.0 20.1.0")]
    [InlineData("18 - 20", "18.0.0 20.9.9", "21.0.0 17.9.9")]
    [InlineData("1.2.3 - 2.3.4", "1.2.3 2.3.4", "2.3.5 1.2.2")]
    [InlineData("18.x || >=22.1", "18.5.0 22.1.0 25.0.0", "20.0.0 22.0.9")]
    [InlineData("14.x||16.x", "14.1.0 16.2.0", "15.0.0")]
    [InlineData(">=1.2.3-rc.1", "1.2.3-rc.2 1.2.3 1.3.0", "1.2.3-beta 1.3.0-rc.1")]
    [InlineData("<*", "", "0.0.0 1.0.0")]
    public void A_range_holds_what_npm_says_it_holds(string text, string inside, string outside)
    {
        Assert.True(SemanticRange.TryParse(text, out var range), $"'{text}' is a range");
        Assert.All(Versions(inside), v => Assert.True(range.Contains(v), $"{text} must hold {v}"));
        Assert.All(Versions(outside), v => Assert.False(range.Contains(v), $"{text} must not hold {v}"));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("lts/*")]
    [InlineData("1.2.3.4")]
    [InlineData(">=")]
    [InlineData("1.2.3 || nonsense")]
    [InlineData("$(reboot)")]
    public void What_is_no_range_is_refused(string text) => Assert.False(SemanticRange.TryParse(text, out _));

    [Fact]
    public void The_highest_is_by_number_and_not_by_text()
    {
        Assert.True(SemanticRange.TryParse(">=2 <25", out var range));

        Assert.Equal(new(24, 10, 1), range.Highest(Versions("24.9.0 24.10.1 24.10.0 25.0.0 3.0.0")));
    }

    [Theory]
    [InlineData("1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 1.0.1 1.2.0 2.0.0")]
    public void Versions_order_as_semver_says(string ascending)
    {
        var versions = Versions(ascending);

        Assert.Equal(versions, versions.Reverse().Order());
    }

    [Fact]
    public void A_caret_range_holds_its_own_version_and_never_another_major()
    {
        var part = Gen.Int[0, 40];
        Gen.Select(Gen.Int[1, 40], part, part)
            .Sample(
                (major, minor, patch) =>
                    SemanticRange.TryParse($"^{major}.{minor}.{patch}", out var range)
                    && range.Contains(new(major, minor, patch))
                    && range.Contains(new(major, minor, patch + 1))
                    && range.Contains(new(major, minor + 1, 0))
                    && !range.Contains(new(major + 1, 0, 0))
                    && !range.Contains(new(major - 1, minor, patch))
            );
    }

    private static SemanticVersion[] Versions(string text) =>
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(v => SemanticVersion.TryParse(v, out var version) ? version : throw new FormatException(v)),
        ];
}
