using NeetoDeploy.Dashboard.Logs;

namespace NeetoDeploy.Dashboard.Tests.Logs;

public sealed class LinePatternTests
{
    [Theory]
    [InlineData("get /", "GET /orders", true)]
    [InlineData("/orders", "GET /orders", true)]
    [InlineData("/", "GET /orders", true)]
    [InlineData("//", "GET /orders", false)]
    [InlineData("/i", "GET /items", true)]
    [InlineData("red alert", "\u001b[31mred\u001b[0m alert", true)]
    [InlineData("[31m", "\u001b[31mred\u001b[0m alert", false)]
    [InlineData(@"/^GET .* 50\d$/", "GET /orders 503", true)]
    [InlineData("/get/", "GET /orders", false)]
    [InlineData("/get/i", "GET /orders", true)]
    [InlineData("/^red alert$/", "\u001b[31mred\u001b[0m alert", true)]
    public void A_line_holds_a_text_or_matches_an_expression(string pattern, string line, bool matches)
    {
        var read = LinePattern.Of(pattern)!;

        Assert.Null(read.Mistake);
        Assert.Equal(matches, read.IsMatch(line));
    }

    [Theory]
    [InlineData("/(unclosed/", "Not enough )'s")]
    [InlineData("/a**/", "Nested quantifier")]
    [InlineData("/(?=ahead)/", "each line is read once")]
    [InlineData(@"/(a)\1/", "each line is read once")]
    public void What_is_no_expression_says_why_and_hides_nothing(string pattern, string reason)
    {
        var read = LinePattern.Of(pattern)!;

        Assert.Contains(reason, read.Mistake, StringComparison.Ordinal);
        Assert.True(read.IsMatch("anything"));
    }

    [Fact]
    public void A_filter_has_an_end() => Assert.NotNull(LinePattern.Of(new string('x', LinePattern.Longest + 1))!.Mistake);

    [Theory, InlineData(null), InlineData(""), InlineData("  ")]
    public void Nothing_is_no_pattern(string? text) => Assert.Null(LinePattern.Of(text));
}
