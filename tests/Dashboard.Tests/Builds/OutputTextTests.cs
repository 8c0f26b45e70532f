using System.Text;
using NeetoDeploy.Dashboard.Builds;

namespace NeetoDeploy.Dashboard.Tests.Builds;

public sealed class OutputTextTests
{
    [Fact]
    public void Lines_and_characters_that_were_cut_are_put_together()
    {
        var (output, bytes) = (new OutputText(), Encoding.UTF8.GetBytes("one\r\ntwö\nthree"));
        foreach (var one in bytes)
            output.Add([one]);

        Assert.Equal(["one", "twö", "three"], output.Lines.Select(line => line.Text));
        output.Add("!\n"u8);
        Assert.Equal(["one", "twö", "three!"], output.Lines.Select(line => line.Text));
    }

    [Fact]
    public void Of_a_long_output_the_newest_lines_are_kept()
    {
        var output = new OutputText();
        output.Add(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, OutputText.MostLines + 5).Select(number => $"{number}\n"))));

        Assert.Equal((OutputText.MostLines, "6"), (output.Lines.Count, output.Lines[0].Text));
    }
}
