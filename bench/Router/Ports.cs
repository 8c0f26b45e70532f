using System.Net;
using System.Net.Sockets;

namespace NeetoDeploy.Bench.Router;

internal static class Ports
{
    /// <summary>A port that was free a moment ago.</summary>
    public static int Free()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public static async Task WaitAsync(ChildProcess owner, int port, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancel);
                return;
            }
            catch (SocketException) when (!owner.HasExited)
            {
                await Task.Delay(20, cancel);
            }
        }
    }
}
