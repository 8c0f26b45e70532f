using NeetoDeploy.Dashboard.Metrics;

namespace NeetoDeploy.Dashboard.Tests.Metrics;

public sealed class ChartShapeTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.3, 0.5)]
    [InlineData(1, 1)]
    [InlineData(2.1, 2.5)]
    [InlineData(51, 100)]
    [InlineData(1_990, 2_000)]
    public void The_upper_edge_is_a_round_value(double value, double expected) =>
        Assert.Equal(expected, ChartShape.NiceAbove(value), precision: 9);

    [Fact]
    public void A_line_has_gaps_where_nothing_is_known_and_a_value_alone_is_a_dash() =>
        Assert.Equal("M0.5 0L1.5 50M3 100L4 100", Path(stacks: false, [10, 5, null, 0]));

    [Fact]
    public void Areas_stand_on_each_other()
    {
        var shape = new ChartShape(new("Requests", [new("a", 0, [5, 0]), new("b", 1, [5, 10])], Said, Stacks: true));

        Assert.Equal(10, shape.Top);
        Assert.Equal(
            ["M0 100L0 50L1 50L1 100L2 100L2 100L1 100L1 100L0 100Z", "M0 50L0 0L1 0L1 0L2 0L2 100L1 100L1 50L0 50Z"],
            shape.Paths().Select(path => path.Path)
        );
    }

    [Fact]
    public void Nothing_has_a_shape_as_well() =>
        Assert.Equal((0, 1.0), (new ChartShape(new("x", [], Said, false)).Spans, new ChartShape(new("x", [], Said, false)).Top));

    private static string Path(bool stacks, double?[] values) =>
        Assert.Single(new ChartShape(new("x", [new("a", 0, [.. values])], Said, stacks)).Paths()).Path;

    private static string Said(double value) => $"{value}";
}
