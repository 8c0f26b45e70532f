using System.Net;
using System.Net.Sockets;

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>A web server that begins to send an archive and then takes its time.</summary>
public sealed class TricklingSource : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource asked = new();
    private readonly TaskCompletionSource left = new();
    private readonly Task serving;

    public TricklingSource()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public string Url => $"http://{listener.LocalEndpoint}/source.tgz";

    /// <summary>Somebody fetches it.</summary>
    public Task Asked => asked.Task;

    /// <summary>Whoever fetched it has hung up.</summary>
    public Task Left => left.Task;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        using var client = await listener.AcceptTcpClientAsync(stop.Token);
        await using var stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[4], stop.Token);
        await stream.WriteAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: application/gzip\r\nContent-Length: 100000\r\n\r\n"u8.ToArray(),
            stop.Token
        );
        asked.SetResult();
        using var timer = new PeriodicTimer(Between);
        try
        {
            foreach (var one in Archive.Of(Archive.File("server.js", Programs.Server("slow"))))
            {
                await stream.WriteAsync(new[] { one }, stop.Token);
                await timer.WaitForNextTickAsync(stop.Token);
            }
        }
        catch (IOException)
        {
            left.SetResult();
        }
    }
}
