using System.Text;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli.Tests.Output;

public sealed class ForeignTextTests
{
    [Theory]
    [InlineData("plain, grüß dich, 你好", "plain, grüß dich, 你好", "plain, grüß dich, 你好")]
    [InlineData("\e[1;31mred\e[0m", "\e[1;31mred\e[0m", "red")]
    [InlineData("\e[2J\e[H\e[6n", "[2J[H[6n", "[2J[H[6n")]
    [InlineData("\e]0;title\a", "]0;title", "]0;title")]
    [InlineData("a\rb\bc\0d\u009bm", "abcdm", "abcdm")]
    [InlineData("col\tumn\nline", "col\tumn\nline", "col\tumn\nline")]
    [InlineData("\e[31", "[31", "[31")]
    public void Colours_may_pass_and_nothing_else_that_steers(string text, string onTerminal, string piped)
    {
        Assert.Equal(onTerminal, ForeignText.Clean(text, keepColours: true));
        Assert.Equal(piped, ForeignText.Clean(text, keepColours: false));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Wherever_pieces_are_cut_the_text_is_the_same(bool keepColours)
    {
        const string Text = "\e[1;31mgrün 你\e[0m \e[2J\n \e[3";
        var bytes = Encoding.UTF8.GetBytes(Text);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var pieces = new ForeignBytes(keepColours);

            var all = pieces.Take(bytes.AsSpan(0, cut)) + pieces.Take(bytes.AsSpan(cut)) + pieces.Drain();

            Assert.Equal(ForeignText.Clean(Text, keepColours), all);
        }
    }

    [Fact]
    public void Half_a_character_at_the_end_is_shown_as_unreadable_and_not_lost()
    {
        var pieces = new ForeignBytes(keepColours: false);

        Assert.Equal("x\uFFFD", pieces.Take([(byte)'x', 0xC3]) + pieces.Drain());
    }
}
