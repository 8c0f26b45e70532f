using System.Net;
using System.Net.Sockets;
using System.Text;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Router.Tests;

/// <summary>A server that misbehaves on the wire as the test tells it to.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<NetworkStream, string, Task> script;
    private readonly Task serving;
    private int connections;

    /// <param name="script">Gets the connection and the request's head; the connection is closed when it returns.</param>
    public ScriptedServer(Func<NetworkStream, string, Task> script)
    {
        this.script = script;
        listener.Start();
        Target = new(DynoName.Parse("web.1"), ReleaseVersion.Parse("v1"), "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        serving = ServeAsync();
    }

    public RouteTarget Target { get; }

    public int Connections => Volatile.Read(ref connections);

    public CancellationToken Stopped => stop.Token;

    public static Task SayAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    /// <summary>An endpoint that refuses connections: its port was free a moment ago.</summary>
    public static RouteTarget Refusing(string name = "web.1")
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new(DynoName.Parse(name), ReleaseVersion.Parse("v1"), "127.0.0.1", ((IPEndPoint)socket.LocalEndPoint!).Port);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> open = [];
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref connections);
                open.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                await script(stream, await RawHttp.ReadHeadAsync(stream, stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The router or the test hung up.
            }
        }
    }
}
