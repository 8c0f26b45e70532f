using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Core.Tests.Routing;

public sealed class RouterFleetTests
{
    private const string Old = "10.0.0.1:5000";
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);

    private readonly RouterFleet fleet = new(10, Start);

    [Fact]
    public void An_endpoint_is_drained_when_every_router_has_let_go_of_it()
    {
        fleet.Leave(Old, 12);
        Report("a", 12);
        Report("b", 11);
        Assert.False(fleet.IsDrained(Old, Start));

        Report("b", 12, Old);
        Assert.False(fleet.IsDrained(Old, Start));

        Report("b", 12);
        Assert.True(fleet.IsDrained(Old, Start));
    }

    [Fact]
    public void A_router_that_has_been_silent_for_6_seconds_does_not_count()
    {
        fleet.Leave(Old, 12);
        Report("a", 11);

        Assert.False(fleet.IsDrained(Old, Start.AddSeconds(6)));
        Assert.True(fleet.IsDrained(Old, Start.AddSeconds(6.1)));
    }

    [Fact]
    public void Routers_are_given_time_to_report_after_a_restart()
    {
        Assert.False(fleet.IsDrained(Old, Start));
        Assert.True(fleet.IsDrained(Old, Start.AddSeconds(7)));
    }

    [Fact]
    public void Endpoints_that_left_before_a_restart_wait_for_the_table_of_that_time()
    {
        Report("a", 9);
        Assert.False(fleet.IsDrained(Old, Start));

        Report("a", 10);
        Assert.True(fleet.IsDrained(Old, Start));
    }

    private void Report(string router, long version, params string[] draining) =>
        fleet.Report(new RouterReport(router, version, [.. draining]), Start);
}
