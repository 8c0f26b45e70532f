using System.Text;
using CsCheck;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.Core.Tests.Logs;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("\u001b[31mred\u001b[0m", "\u001b[31mred\u001b[0m")]
    [InlineData("a\0b", "a\ufffdb")]
    [InlineData("one\r\ntwo", "one|two")]
    public void Lines_are_made_harmless_and_keep_their_colours(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Lines(text)));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal(["a\ufffdb"], Lines("a\ud800b"));

    [Fact]
    public void A_long_line_is_split_at_10_000_bytes_and_never_inside_a_character() =>
        Gen.String[Gen.Char["aä€漢"], 0, 30_000]
            .Sample(
                text =>
                {
                    var lines = Lines(text).ToList();
                    Assert.Equal(text, string.Concat(lines));
                    Assert.All(lines, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, LogText.MostBytes));
                    Assert.All(lines.SkipLast(1), line => Assert.True(Encoding.UTF8.GetByteCount(line) > LogText.MostBytes - 4));
                },
                iter: 50
            );

    private static IEnumerable<string> Lines(string text) =>
        LogText.Lines(new LogEntry(default, "app", "web.1", text)).Select(entry => entry.Text);
}
