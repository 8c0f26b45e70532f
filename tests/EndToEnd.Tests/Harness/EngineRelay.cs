using System.Collections.Concurrent;
using System.Net.Sockets;

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>A socket in front of the engine's: closed, the engine is gone for whoever uses it, and for nobody else.</summary>
public sealed class EngineRelay : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("neeto-e2e-engine-").FullName;
    private readonly string engine;
    private readonly ConcurrentDictionary<Socket, bool> connections = [];
    private Socket? listener;

    public EngineRelay(string engine)
    {
        this.engine = engine;
        Open();
    }

    public string Path => System.IO.Path.Combine(folder, "docker.sock");

    public void Open()
    {
        listener = New();
        listener.Bind(new UnixDomainSocketEndPoint(Path));
        listener.Listen(128);
        _ = AcceptAsync(listener);
    }

    /// <summary>Refuses new connections and breaks those that there are.</summary>
    public void Close()
    {
        listener?.Dispose();
        File.Delete(Path);
        foreach (var connection in connections.Keys)
            connection.Dispose();
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(folder, recursive: true);
    }

    private static Socket New() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private async Task AcceptAsync(Socket from)
    {
        try
        {
            while (true)
                _ = RelayAsync(await from.AcceptAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var near = client;
        using var far = New();
        connections[near] = connections[far] = true;
        try
        {
            await far.ConnectAsync(new UnixDomainSocketEndPoint(engine));
            await Task.WhenAll(CopyAsync(near, far), CopyAsync(far, near));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One side has gone, so the other goes as well.
        }
        finally
        {
            connections.TryRemove(near, out _);
            connections.TryRemove(far, out _);
        }
    }

    // An end of one direction is handed on: the engine's attached streams go on in the other.
    private static async Task CopyAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[64 << 10];
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                for (var sent = 0; sent < count; )
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            from.Dispose();
            to.Dispose();
            throw;
        }
    }
}
