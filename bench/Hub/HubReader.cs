using System.Buffers;
using System.Net.WebSockets;
using MessagePack;

namespace NeetoDeploy.Bench.Hub;

/// <summary>
/// One connection to the hub that follows logs and does nothing with a line but count it: what a reader does with lines is not what is measured. It speaks SignalR's
/// MessagePack protocol (<c>src/SignalR/docs/specs/HubProtocol.md</c> of github.com/dotnet/aspnetcore) without its library.
/// </summary>
internal static class HubReader
{
    private const int StreamItem = 2;
    private const int StreamInvocation = 4;

    /// <param name="begun">Called once for each app, when its lines come.</param>
    public static async Task RunAsync(
        Uri url,
        string token,
        string[] apps,
        Readings.Counter counter,
        Action begun,
        CancellationToken cancel
    )
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await socket.ConnectAsync(url, cancel);
        await socket.SendAsync(
            """{"protocol":"messagepack","version":1}"""u8.ToArray().Append((byte)0x1e).ToArray(),
            WebSocketMessageType.Text,
            true,
            cancel
        );
        for (var i = 0; i < apps.Length; i++)
            await socket.SendAsync(Follow(i, apps[i]), WebSocketMessageType.Binary, true, cancel);

        var (buffer, filled, hasAnswered) = (new byte[1 << 20], 0, false);
        var seen = new bool[apps.Length];
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled), cancel);
            if (read.MessageType == WebSocketMessageType.Close)
                return;
            filled += read.Count;
            if (!read.EndOfMessage)
                continue;
            if (hasAnswered)
                Count(buffer.AsMemory(0, filled));
            // The answer to the handshake is a message of its own.
            hasAnswered = true;
            filled = 0;
        }

        void Count(ReadOnlyMemory<byte> messages)
        {
            while (messages.Length > 0)
            {
                var (length, prefix) = ReadLength(messages.Span);
                CountOne(new MessagePackReader(messages.Slice(prefix, length)));
                messages = messages[(prefix + length)..];
            }
        }

        void CountOne(MessagePackReader message)
        {
            message.ReadArrayHeader();
            if (message.ReadInt32() != StreamItem)
                return;
            message.Skip();
            var app = int.Parse(message.ReadString()!);
            message.ReadArrayHeader();
            message.Skip();
            var lines = message.ReadArrayHeader();
            if (!seen[app])
            {
                // What the log has held before.
                seen[app] = true;
                begun();
                return;
            }
            for (var i = 0; i < lines; i++)
            {
                var members = message.ReadArrayHeader();
                message.Skip();
                counter.Add(message.ReadInt64());
                for (var member = 2; member < members; member++)
                    message.Skip();
            }
        }
    }

    private static ReadOnlyMemory<byte> Follow(int id, string app)
    {
        var body = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(body);
        writer.WriteArrayHeader(6);
        writer.Write(StreamInvocation);
        writer.WriteMapHeader(0);
        writer.Write($"{id}");
        writer.Write("Follow");
        writer.WriteArrayHeader(3);
        writer.Write(app);
        writer.WriteNil();
        writer.WriteNil();
        writer.WriteArrayHeader(0);
        writer.Flush();
        return new byte[] { (byte)body.WrittenCount }
            .Concat(body.WrittenMemory.ToArray())
            .ToArray();
    }

    /// <summary>Seven bits a byte, the least first.</summary>
    private static (int Length, int Prefix) ReadLength(ReadOnlySpan<byte> bytes)
    {
        var (length, prefix) = (0, 0);
        while (true)
        {
            var part = bytes[prefix];
            length |= (part & 0x7f) << (7 * prefix++);
            if ((part & 0x80) == 0)
                return (length, prefix);
        }
    }
}
