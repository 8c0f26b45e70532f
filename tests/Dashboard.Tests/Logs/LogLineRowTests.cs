using Bunit;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Dashboard.Logs;

namespace NeetoDeploy.Dashboard.Tests.Logs;

public sealed class LogLineRowTests : BunitContext
{
    private const string Json = """{"level":"error","msg":"<script>alert(1)</script>","order":{"id":7}}""";

    [Fact]
    public void A_json_line_is_folded_and_unfolds_to_its_members()
    {
        var told = 0;
        var row = Render<LogLineRow>(parameters =>
            parameters.Add(shown => shown.Row, Row(Json)).Add(shown => shown.Toggle, members => told = members)
        );

        Assert.Single(row.FindAll(".line"));
        Assert.Equal("error", row.Find(".level").TextContent);
        Assert.Contains("<script>alert(1)</script>", row.Find(".text").TextContent, StringComparison.Ordinal);
        row.Find(".fold").Click();
        Assert.Equal(3, told);

        row.Render(parameters => parameters.Add(shown => shown.IsUnfolded, true));
        Assert.Equal(
            ["level error", "msg <script>alert(1)</script>", "order.id 7"],
            row.FindAll(".member .text").Select(member => member.TextContent.Trim())
        );
        Assert.Empty(row.FindAll("script"));
    }

    [Fact]
    public void A_line_is_drawn_again_only_when_something_of_it_has_changed()
    {
        var line = Row("x");
        var row = Render<LogLineRow>(parameters => parameters.Add(shown => shown.Row, line));
        row.Render(parameters => parameters.Add(shown => shown.Now, DateTimeOffset.UnixEpoch.AddDays(1)));
        Assert.Equal(1, row.RenderCount);

        row.Render(parameters => parameters.Add(shown => shown.IsMarked, true));
        Assert.Equal(2, row.RenderCount);
        Assert.Equal("true", row.Find(".line").GetAttribute("aria-current"));
    }

    private static LogRow Row(string text) =>
        LogRow.Of(new LogLine(7, new LogEntry(DateTimeOffset.UnixEpoch, LogEntry.App, "web.1", text)));
}
