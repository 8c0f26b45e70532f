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

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
