using System.Globalization;
using NeetoDeploy.Api.Ranges;

namespace NeetoDeploy.Api.Tests.Ranges;

public sealed class ListShapeTests
{
    private static readonly string[] Fields = ["number"];

    private static readonly ListShape<int> Shape = new(
        new ListField<int>("number", number => number.ToString(CultureInfo.InvariantCulture), IsNumber: true)
    );

    [Theory]
    [InlineData("number ..", "1 2 3 4 5 6 7 8 9 10 11 12", false)]
    [InlineData("number ..; max=3", "1 2 3", true)]
    [InlineData("number ..; max=12", "1 2 3 4 5 6 7 8 9 10 11 12", false)]
    [InlineData("number ..; max=3, order=desc", "12 11 10", true)]
    [InlineData("number ]9..; max=2", "10 11", true)]
    [InlineData("number 9..; max=2", "9 10", true)]
    [InlineData("number ]10..; order=desc, max=2", "9 8", true)]
    [InlineData("number 9..11", "9 10 11", false)]
    [InlineData("number ]12..", "", false)]
    public void A_page_is_the_part_that_the_range_says(string header, string expected, bool hasMore)
    {
        Assert.True(RangeHeader.TryParse(header, Fields, out var range));

        var page = Shape.Cut(Enumerable.Range(1, 12).Reverse(), range);

        Assert.Equal(expected, string.Join(' ', page.Rows));
        Assert.Equal(hasMore, page.HasMore);
    }

    [Theory]
    [InlineData("number ..; max=5")]
    [InlineData("number ..; max=1")]
    [InlineData("number ..; max=5, order=desc")]
    [InlineData("number ..; max=12")]
    public void Following_pages_visits_every_row_once_and_ends(string header)
    {
        var seen = new List<int>();
        Assert.True(RangeHeader.TryParse(header, Fields, out var range));
        for (var hasMore = true; hasMore; )
        {
            var page = Shape.Cut(Enumerable.Range(1, 12), range);
            seen.AddRange(page.Rows);
            hasMore = page.HasMore;
            Assert.True(seen.Count <= 12, "a row came twice");
            if (hasMore)
                Assert.True(
                    RangeHeader.TryParse(RangeHeader.Next(range, seen[^1].ToString(CultureInfo.InvariantCulture)), Fields, out range)
                );
        }

        Assert.Equal(Enumerable.Range(1, 12), seen.Order());
    }
}
