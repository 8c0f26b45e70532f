using System.Text;
using NeetoDeploy.Cli.Commands.Runs;

namespace NeetoDeploy.Cli.Tests.Commands.Runs;

public sealed class ExitMarkerTests
{
    private const string Mark = "\uFFFF heroku-command-exit-status: ";

    [Theory]
    [InlineData($"out\n{Mark}0\n", "out\n", 0)]
    [InlineData($"no newline{Mark}1\r\n", "no newline", 1)]
    [InlineData($"{Mark}137\nlate\n", "late\n", 137)]
    [InlineData("\uFFFF is a character like others\n", "\uFFFF is a character like others\n", null)]
    [InlineData("\uFFFF heroku-command-exit", "\uFFFF heroku-command-exit", null)]
    [InlineData("", "", null)]
    public void Wherever_reads_fall_the_result_is_the_same(string sent, string shown, int? status)
    {
        var bytes = Encoding.UTF8.GetBytes(sent);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var marker = new ExitMarker();

            byte[] all = [.. marker.Take(bytes.AsSpan(0, cut)), .. marker.Take(bytes.AsSpan(cut)), .. marker.Drain()];

            Assert.Equal((shown, status), (Encoding.UTF8.GetString(all), marker.ExitCode));
        }
    }

    [Fact]
    public void Ordinary_output_is_not_held_back()
    {
        Assert.Equal("$ "u8, new ExitMarker().Take("$ "u8));
    }
}
