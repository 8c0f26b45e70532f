using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace NeetoDeploy.Bench.Hub;

/// <summary>
/// One subscriber of a channel that does nothing with a message but count it. It reads WebSocket frames (RFC 6455) as they come from the socket, many at once: a library that hands
/// them out one by one would take more of the machine than nginx does.
/// </summary>
internal static class NchanReader
{
    public static async Task RunAsync(Uri url, Readings.Counter counter, Action begun, CancellationToken cancel)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port, cancel);
        var request =
            $"GET {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), cancel);

        var (buffer, filled, isOpen) = (new byte[1 << 18], 0, false);
        while (await socket.ReceiveAsync(buffer.AsMemory(filled), cancel) is > 0 and var read)
        {
            filled += read;
            var used = 0;
            if (!isOpen)
            {
                var end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
                if (end < 0)
                    continue;
                used = end + 4;
                isOpen = true;
                begun();
            }
            used += Count(buffer.AsSpan(used, filled - used));
            buffer.AsSpan(used, filled - used).CopyTo(buffer);
            filled -= used;
        }

        int Count(ReadOnlySpan<byte> frames)
        {
            var used = 0;
            while (frames.Length - used >= 4)
            {
                var rest = frames[used..];
                var (length, head) = rest[1] < 126 ? (rest[1], 2) : (BinaryPrimitives.ReadUInt16BigEndian(rest[2..]), 4);
                if (rest.Length < head + length)
                    break;
                if (Utf8Parser.TryParse(rest.Slice(head, length), out long madeAt, out int _))
                    counter.Add(madeAt);
                used += head + length;
            }
            return used;
        }
    }
}
