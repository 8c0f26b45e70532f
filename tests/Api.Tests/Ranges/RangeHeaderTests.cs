using NeetoDeploy.Api.Ranges;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Api.Tests.Ranges;

public sealed class RangeHeaderTests
{
    private static readonly string[] Fields = ["id", "name", "version"];

    public static TheoryData<string?, PageRange> Understood =>
        new()
        {
            { null, new("id", null, false, null, 200, false) },
            { "", new("id", null, false, null, 200, false) },
            { "  ", new("id", null, false, null, 200, false) },
            { "name", new("name", null, false, null, 200, false) },
            { "name ..", new("name", null, false, null, 200, false) },
            { "id ..; max=1000;", new("id", null, false, null, 1000, false) },
            { "id ..; max=1000", new("id", null, false, null, 1000, false) },
            { "id ..; max=5000", new("id", null, false, null, 1000, false) },
            { "version ..; max=15, order=desc", new("version", null, false, null, 15, true) },
            { "version ..; order=desc,max=1", new("version", null, false, null, 1, true) },
            { "version ..; order=desc", new("version", null, false, null, 200, true) },
            { "version ..; order=asc", new("version", null, false, null, 200, false) },
            { "version 5..", new("version", "5", false, null, 200, false) },
            { "version [5..", new("version", "5", false, null, 200, false) },
            { "version ]5..", new("version", "5", true, null, 200, false) },
            { "version ]5..9", new("version", "5", true, "9", 200, false) },
            { "version [5..9]", new("version", "5", false, "9", 200, false) },
            { "version ..9; max=3", new("version", null, false, "9", 3, false) },
            { "name ]my-app..; max=2", new("name", "my-app", true, null, 2, false) },
        };

    [Theory]
    [MemberData(nameof(Understood))]
    public void Every_form_that_clients_send_is_understood(string? header, PageRange expected)
    {
        Assert.True(RangeHeader.TryParse(header, Fields, out var range));
        Assert.Equal(expected, range);
    }

    [Theory]
    [InlineData("bytes=0-499")]
    [InlineData("size ..")]
    [InlineData("id 5")]
    [InlineData("id 5-9")]
    [InlineData("id ..; max=0")]
    [InlineData("id ..; max=-1")]
    [InlineData("id ..; max=")]
    [InlineData("id ..; max=x")]
    [InlineData("id ..; max=99999999999")]
    [InlineData("id ..; order=up")]
    [InlineData("id ..; colour=red")]
    [InlineData("; max=5")]
    public void Anything_else_is_refused(string header) => Assert.False(RangeHeader.TryParse(header, Fields, out _));

    [Theory]
    [InlineData("version ..; max=2, order=desc", "4", "version ]4..; max=2, order=desc")]
    [InlineData("id ..", "b", "id ]b..; max=200")]
    [InlineData("name a..q; max=3", "c", "name ]c..q; max=3")]
    public void What_follows_a_page_keeps_order_end_and_size(string header, string last, string expected)
    {
        Assert.True(RangeHeader.TryParse(header, Fields, out var range));
        Assert.Equal(expected, RangeHeader.Next(range, last));
    }

    [Fact]
    public void Every_header_that_we_send_is_understood_when_it_comes_back()
    {
        foreach (var (header, _) in Understood.Select(row => row.Data))
        {
            Assert.True(RangeHeader.TryParse(header, Fields, out var range));
            Assert.True(RangeHeader.TryParse(RangeHeader.Next(range, "7"), Fields, out var next));
            Assert.Equal(range with { From = "7", FromIsExclusive = true }, next);
        }
    }
}
