using Bunit;
using NeetoDeploy.Dashboard.Logs;

namespace NeetoDeploy.Dashboard.Tests.Logs;

public sealed class LineTextTests : BunitContext
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("\u001b[31m\"><svg onload=alert(1)>\u001b[0m")]
    public void A_line_is_text_whatever_it_holds(string line)
    {
        var shown = Render<LineText>(parameters => parameters.Add(text => text.Text, line));

        Assert.Empty(shown.FindAll("script, img, svg"));
        Assert.Contains("alert(1)", string.Concat(shown.Nodes.Select(node => node.TextContent)), StringComparison.Ordinal);
    }
}
