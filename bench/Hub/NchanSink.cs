using System.Globalization;
using System.Net.WebSockets;
using System.Text;

namespace NeetoDeploy.Bench.Hub;

/// <summary>Publishes a message a line, taking turns among channels. Each begins with its time.</summary>
internal sealed class NchanSink : ILineSink
{
    private readonly List<ClientWebSocket> channels = [];
    private int turn;

    public static async Task<NchanSink> OpenAsync(NchanServer server, IEnumerable<string> channels, CancellationToken cancel)
    {
        var sink = new NchanSink();
        foreach (var channel in channels)
        {
            var socket = new ClientWebSocket();
            sink.channels.Add(socket);
            await socket.ConnectAsync(new Uri(server.Publications + channel), cancel);
            _ = DrainAsync(socket, cancel);
        }
        return sink;
    }

    public async Task SendAsync(int lines, CancellationToken cancel)
    {
        for (var i = 0; i < lines; i++)
        {
            var line = SteadyLines.Now().ToString(CultureInfo.InvariantCulture).PadRight(SteadyLines.Bytes, 'x');
            var socket = channels[turn++ % channels.Count];
            await socket.SendAsync(Encoding.ASCII.GetBytes(line).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancel);
        }
    }

    public void Dispose() => channels.ForEach(socket => socket.Dispose());

    /// <summary>It answers each message.</summary>
    private static async Task DrainAsync(ClientWebSocket socket, CancellationToken cancel)
    {
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), cancel)).MessageType != WebSocketMessageType.Close) { }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The trial is over.
        }
    }
}
