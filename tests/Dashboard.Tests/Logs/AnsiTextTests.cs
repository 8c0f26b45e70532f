using NeetoDeploy.Dashboard.Logs;

namespace NeetoDeploy.Dashboard.Tests.Logs;

public sealed class AnsiTextTests
{
    [Theory]
    [InlineData("plain", "plain:")]
    [InlineData("a \u001b[31mred\u001b[0m b", "a :|red:ansi-1| b:")]
    [InlineData("\u001b[1;32mbold green", "bold green:ansi-2 ansi-bold")]
    [InlineData("\u001b[93mbright\u001b[39m usual", "bright:ansi-11| usual:")]
    [InlineData("\u001b[1mbold\u001b[22m not", "bold:ansi-bold| not:")]
    [InlineData("\u001b[38;5;31mof 256\u001b[38;2;31;31;31m of many", "of 256:| of many:")]
    [InlineData("\u001b[mreset", "reset:")]
    public void Colours_that_have_names_are_kept(string line, string expected) =>
        Assert.Equal(expected, string.Join('|', AnsiText.Parse(line).Select(span => $"{span.Text}:{span.Classes}")));

    [Theory]
    [InlineData("clear\u001b[2Jed", "cleared")]
    [InlineData("up\u001b[3A and\u001b[?25l gone", "up and gone")]
    [InlineData("\u001b]0;title\u0007text", "text")]
    [InlineData("\u001b]8;;https://example.com\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001bcreset", "reset")]
    [InlineData("bell\a, nul\0, c1\u009b, tab\t.", "bell, nul, c1, tab\t.")]
    [InlineData("cut \u001b[3", "cut ")]
    [InlineData("cut \u001b[", "cut ")]
    [InlineData("cut \u001b]0;no end", "cut ")]
    [InlineData("cut \u001b", "cut ")]
    public void Whatever_else_a_terminal_would_do_is_left_out(string line, string expected) =>
        Assert.Equal(expected, string.Concat(AnsiText.Parse(line).Select(span => span.Text)));
}
