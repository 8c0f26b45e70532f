using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using NeetoDeploy.Dashboard.Runs;

namespace NeetoDeploy.Dashboard.Tests.Runs;

/// <summary>The page's side of a console's connection, and what the server has of it.</summary>
internal sealed class BrowserSocket : IDisposable
{
    private readonly WebSocket browser;

    private BrowserSocket(WebSocket browser, ConsoleSocket server) => (this.browser, Server) = (browser, server);

    public ConsoleSocket Server { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<BrowserSocket> ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, Cancel);
        var accepted = await listener.AcceptTcpClientAsync(Cancel);
        return new(
            WebSocket.CreateFromStream(client.GetStream(), new WebSocketCreationOptions()),
            new ConsoleSocket(WebSocket.CreateFromStream(accepted.GetStream(), new WebSocketCreationOptions { IsServer = true }))
        );
    }

    public Task SendAsync(byte[] bytes, WebSocketMessageType type) => browser.SendAsync(bytes, type, endOfMessage: true, Cancel);

    /// <summary>What the server says next, as text; null when it has closed.</summary>
    public async Task<string?> HearAsync()
    {
        var buffer = new byte[64 << 10];
        while (true)
        {
            var heard = await browser.ReceiveAsync(buffer, Cancel);
            if (heard.MessageType == WebSocketMessageType.Close)
                return null;
            if (heard.MessageType == WebSocketMessageType.Text)
                return Encoding.UTF8.GetString(buffer.AsSpan(0, heard.Count));
        }
    }

    /// <summary>How many bytes come until the server closes.</summary>
    public async Task<int> CountAsync()
    {
        var buffer = new byte[64 << 10];
        for (var total = 0; ; )
        {
            var read = await browser.ReceiveAsync(buffer, Cancel);
            if (read.MessageType == WebSocketMessageType.Close)
                return total;
            total += read.Count;
        }
    }

    public void Dispose() => browser.Dispose();
}
