using System.Net;
using NeetoDeploy.Drivers.Docker.Networks;

namespace NeetoDeploy.Drivers.Tests.Docker;

public sealed class SubnetPoolTests
{
    private static readonly SubnetPool Pool = new(IPNetwork.Parse("10.210.0.0/24"), 26);

    [Fact]
    public void The_first_free_piece_is_chosen()
    {
        Assert.Equal("10.210.0.0/26", Pool.ChooseFree([]).ToString());
        Assert.Equal("10.210.0.64/26", Pool.ChooseFree([IPNetwork.Parse("10.210.0.0/26")]).ToString());
        Assert.Equal("10.210.0.0/26", Pool.ChooseFree([IPNetwork.Parse("10.210.0.64/26"), IPNetwork.Parse("172.17.0.0/16")]).ToString());
    }

    [Fact]
    public void A_piece_within_or_around_a_taken_network_is_passed_over()
    {
        Assert.Equal("10.210.0.128/26", Pool.ChooseFree([IPNetwork.Parse("10.210.0.0/25")]).ToString());
        Assert.Equal("10.210.0.64/26", Pool.ChooseFree([IPNetwork.Parse("10.210.0.8/29"), IPNetwork.Parse("fd00::/8")]).ToString());
    }

    [Fact]
    public void A_pool_that_is_taken_has_no_piece()
    {
        Assert.Null(Pool.ChooseFree([IPNetwork.Parse("10.0.0.0/8")]));
        Assert.Null(Pool.ChooseFree([IPNetwork.Parse("10.210.0.0/25"), IPNetwork.Parse("10.210.0.128/25")]));
    }

    [Fact]
    public void Routes_are_read_as_the_kernel_writes_them()
    {
        string[] table =
        [
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT",
            "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0",
            "br0\t0000D20A\t00000000\t0001\t0\t0\t0\tC0FFFFFF\t0\t0\t0",
        ];
        Assert.Equal("10.210.0.0/26", Assert.Single(HostRoutes.Parse(table)).ToString());
    }
}
