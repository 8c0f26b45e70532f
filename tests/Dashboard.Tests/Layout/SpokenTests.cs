using NeetoDeploy.Dashboard.Layout;

namespace NeetoDeploy.Dashboard.Tests.Layout;

public sealed class SpokenTests
{
    [Theory]
    [InlineData(-3, "just now")]
    [InlineData(44, "just now")]
    [InlineData(50, "1 min ago")]
    [InlineData(3_570, "60 min ago")]
    [InlineData(7_200, "2 h ago")]
    [InlineData(90_000, "1 day ago")]
    [InlineData(260_000, "3 days ago")]
    public void How_long_ago(int seconds, string expected) => Assert.Equal(expected, Durations.Ago(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.26, "0.3 s")]
    [InlineData(12.4, "12 s")]
    [InlineData(125, "2 min 5 s")]
    public void How_long_it_took(double seconds, string expected) => Assert.Equal(expected, Durations.Took(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(3_400, "3.4 kB")]
    [InlineData(128_400_000, "128 MB")]
    [InlineData(5_000_000_000_000_000, "5000 TB")]
    public void How_much(long bytes, string expected) => Assert.Equal(expected, Sizes.Of(bytes));
}
