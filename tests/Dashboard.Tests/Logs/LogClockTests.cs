using NeetoDeploy.Dashboard.Logs;

namespace NeetoDeploy.Dashboard.Tests.Logs;

public sealed class LogClockTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 23, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "22:59:59.250")]
    [InlineData(60, "Nov 29 23:59")]
    [InlineData(-345, "17:14:59.250")]
    public void A_line_of_today_has_its_time_and_one_of_another_day_its_day(int minutes, string expected) =>
        Assert.Equal(expected, LogClock.Of("no such zone", minutes).Short(Now.AddMinutes(-30).AddSeconds(-0.75), Now));

    [Fact]
    public void The_exact_time_says_its_offset() => Assert.Equal("2026-11-30 00:30:00.000000 +01:00", LogClock.Of(null, 60).Exact(Now));

    [Fact]
    public void No_browser_says_an_offset_that_breaks_the_page() =>
        Assert.Equal(TimeSpan.FromHours(14), LogClock.Of(null, 100_000).Zone.BaseUtcOffset);
}
