using NeetoDeploy.Dashboard.Logs;

namespace NeetoDeploy.Dashboard.Tests.Logs;

public sealed class LogWindowTests
{
    [Theory]
    [InlineData(1_000, 100, 20, 100, 20)]
    [InlineData(1_000, null, 20, 980, 20)]
    [InlineData(1_000, 995, 20, 980, 20)]
    [InlineData(5, null, 20, 0, 5)]
    [InlineData(5, 100, 20, 0, 5)]
    [InlineData(0, null, 20, 0, 0)]
    public void As_many_lines_are_drawn_as_there_are_places(int lines, int? place, int places, int first, int count)
    {
        var window = LogWindow.Over(lines, [], place, places);

        Assert.Equal(new LogWindow(first, count, first, lines - first - count), window);
    }

    [Fact]
    public void An_unfolded_line_takes_more_places_and_is_drawn_whole()
    {
        (int, int)[] unfolded = [(2, 10), (50, 3)];

        // Places 0, 1, line 2 at 2 to 12, line 3 at 13; line 50 at 60 to 63.
        Assert.Equal(new LogWindow(2, 4, 2, 98), LogWindow.Over(99 + 2, unfolded, 5, 11));
        Assert.Equal(new LogWindow(3, 2, 13, 99), LogWindow.Over(99 + 2, unfolded, 13, 2));
        Assert.Equal(new LogWindow(50, 2, 60, 49), LogWindow.Over(99 + 2, unfolded, 61, 4));
        Assert.Equal(60, LogWindow.PlaceOf(unfolded, 50));
        Assert.Equal(64, LogWindow.PlaceOf(unfolded, 51));
    }

    [Fact]
    public void Wherever_one_looks_every_place_is_accounted_for()
    {
        (int Index, int Extra)[] unfolded = [(0, 4), (7, 1), (8, 30), (39, 2)];
        for (var place = 0; place < 90; place++)
        {
            var window = LogWindow.Over(40, unfolded, place, 10);
            var drawn = Enumerable
                .Range(window.First, window.Count)
                .Sum(i => 1 + unfolded.Where(one => one.Index == i).Sum(one => one.Extra));
            Assert.Equal(40 + 37, window.Above + drawn + window.Below);
            Assert.True(window.Above <= Math.Min(place, 67) && window.Above + drawn >= Math.Min(place, 67) + 10);
        }
    }
}
