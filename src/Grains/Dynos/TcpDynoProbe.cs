using System.Net;
using System.Net.Sockets;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>Connects every 25 ms until it succeeds.</summary>
public sealed class TcpDynoProbe(TimeProvider time) : IDynoProbe
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task WaitUntilListeningAsync(string address, int port, CancellationToken cancel)
    {
        var endpoint = new IPEndPoint(IPAddress.Parse(address), port);
        while (!await IsListeningAsync(endpoint, cancel))
            await Task.Delay(Interval, time, cancel);
    }

    private async Task<bool> IsListeningAsync(IPEndPoint endpoint, CancellationToken cancel)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            await socket.ConnectAsync(endpoint, either.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
