using System.Collections.Immutable;
using NeetoDeploy.Core.Metrics;

namespace NeetoDeploy.Core.Tests.Metrics;

public sealed class TimeHistogramTests
{
    [Fact]
    public void A_time_is_read_back_at_most_four_and_a_half_percent_wrong()
    {
        for (var ms = 0.3; ms < 3_600_000; ms *= 1.01)
        {
            var read = TimeHistogram.TimeOf(TimeHistogram.StepOf(TimeSpan.FromMilliseconds(ms))).TotalMilliseconds;
            Assert.InRange(read / ms, 0.955, 1.045);
        }
    }

    [Theory]
    [InlineData(0, TimeHistogram.FirstStep)]
    [InlineData(-5, TimeHistogram.FirstStep)]
    [InlineData(1_000_000_000, TimeHistogram.LastStep)]
    public void What_lies_outside_counts_at_the_edge(double ms, int step) =>
        Assert.Equal(step, TimeHistogram.StepOf(TimeSpan.FromMilliseconds(ms)));

    [Fact]
    public void Percentiles_of_a_sum_are_those_of_all_that_was_counted()
    {
        var both = Of(90, 10).Add(Of(10, 1_000));

        Assert.InRange(both.Percentile(0.5)!.Value.TotalMilliseconds, 9.5, 10.5);
        Assert.InRange(both.Percentile(0.9)!.Value.TotalMilliseconds, 9.5, 10.5);
        Assert.InRange(both.Percentile(0.91)!.Value.TotalMilliseconds, 950, 1_050);
        Assert.Null(TimeHistogram.Empty.Percentile(0.5));
    }

    private static TimeHistogram Of(int count, double ms) =>
        new(ImmutableSortedDictionary<int, long>.Empty.Add(TimeHistogram.StepOf(TimeSpan.FromMilliseconds(ms)), count));
}
