using System.Net;
using System.Net.Sockets;
using NeetoDeploy.Supervisor.Checks;
using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Tests.Checks;

public sealed class PortsTests
{
    [Fact]
    public void Every_taken_port_is_named_with_its_option()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var taken = ((IPEndPoint)listener.LocalEndpoint).Port;
        var installation = new Installation("neeto-1", taken, FreePort(), taken, FreePort(), "localhost", null, false);

        var refusal = Assert.Throws<SupervisorException>(() => Ports.RequireFree(installation));
        Assert.Contains($"{taken} (--api-port), {taken} (--tls-port)", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>As a silo does, whose port others may listen on besides.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void Who_would_share_the_port_has_taken_it_as_well(string address)
    {
        var place = IPAddress.Parse(address);
        using var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(place, 0));
        socket.Listen();

        Assert.False(Ports.IsFree(((IPEndPoint)socket.LocalEndPoint!).Port));
        Assert.True(Ports.IsFree(FreePort()));
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
