using NeetoDeploy.Silo.Drivers;

namespace NeetoDeploy.Silo.Tests.Drivers;

public sealed class DemandTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Apps_are_asked_much_from_ten_requests_a_second_until_ten_seconds_later()
    {
        var demand = new Demand(1_000);
        Assert.False(demand.IsMuch(1_009, Start));
        Assert.True(demand.IsMuch(1_019, Start.AddSeconds(1)));
        Assert.True(demand.IsMuch(1_019, Start.AddSeconds(10)));
        Assert.False(demand.IsMuch(1_019, Start.AddSeconds(11)));
    }

    [Fact]
    public void Few_requests_do_not_add_up()
    {
        var demand = new Demand(0);
        Assert.All(Enumerable.Range(1, 30), second => Assert.False(demand.IsMuch(second * 9, Start.AddSeconds(second))));
    }
}
