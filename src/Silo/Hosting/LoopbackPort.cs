using System.Net;
using System.Net.Sockets;

namespace NeetoDeploy.Silo.Hosting;

internal static class LoopbackPort
{
    public static int FindFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
