using NeetoDeploy.Builder.Layers;

namespace NeetoDeploy.Builder.Tests.Export;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "abc/below", true)]
    [InlineData("abc", "abcd", false)]
    [InlineData("*", "abc", true)]
    [InlineData("*c", "abc", true)]
    [InlineData("a*", "ab/c", true)]
    [InlineData("a*/b", "abc/b", true)]
    [InlineData("a*/b", "a/c/b", false)]
    [InlineData("a*b*c*d*e*/f", "axbxcxdxe/f", true)]
    [InlineData("a*b?c*x", "abxbbxdbxebxczzx", true)]
    [InlineData("a*b?c*x", "abxbbxdbxebxczzy", false)]
    [InlineData("ab[c]", "abc", true)]
    [InlineData("ab[b-d]", "abc", true)]
    [InlineData("ab[e-g]", "abc", false)]
    [InlineData("ab[g-e]", "abf", false)]
    [InlineData("ab[^c]", "abc", false)]
    [InlineData("ab[^b-d]", "abc", false)]
    [InlineData("ab[^e-g]", "abc", true)]
    [InlineData("a\\*b", "a*b", true)]
    [InlineData("a\\*b", "ab", false)]
    [InlineData("a?b", "a☺b", true)]
    [InlineData("a[^a]b", "a☺b", true)]
    [InlineData("a?b", "a/b", false)]
    [InlineData("[a-ζ]*", "α", true)]
    [InlineData("[\\]a]", "]", true)]
    [InlineData("[\\-x]", "-", true)]
    [InlineData("[x\\-]", "x", true)]
    [InlineData("[x\\-]", "z", false)]
    [InlineData("a.(b)+", "a.(b)+", true)]
    [InlineData("a.c", "abc", false)]
    public void A_pattern_matches_as_Go_s_does(string pattern, string path, bool matches) =>
        Assert.Equal(matches, PathPattern.Of([pattern]).IsMatch(path));

    [Theory]
    [InlineData("[]a]")]
    [InlineData("[-]")]
    [InlineData("[x-]")]
    [InlineData("[-x]")]
    [InlineData("[a-b-c]")]
    [InlineData("[")]
    [InlineData("[^")]
    [InlineData("[^bc")]
    [InlineData("a[")]
    [InlineData("\\")]
    public void A_malformed_pattern_is_refused(string pattern) =>
        Assert.Contains(pattern, Assert.Throws<FormatException>(() => PathPattern.Of([pattern])).Message, StringComparison.Ordinal);
}
