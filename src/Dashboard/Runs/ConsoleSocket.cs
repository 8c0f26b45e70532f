using System.Net.WebSockets;
using System.Text.Json;

namespace NeetoDeploy.Dashboard.Runs;

/// <summary>What a console's page and its server say to each other: bytes of the terminal in binary messages, everything else as JSON in text messages.</summary>
internal sealed class ConsoleSocket(WebSocket socket)
{
    private const int LongestWord = 32 << 10;

    private readonly SemaphoreSlim order = new(1);
    private readonly byte[] buffer = new byte[LongestWord];

    /// <summary>What the page says next; null once it has gone.</summary>
    public async Task<ConsoleMessage?> ReceiveAsync(CancellationToken cancel)
    {
        var length = 0;
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancel);
                length += received.Count;
                if (received.MessageType == WebSocketMessageType.Close)
                    return null;
                // Input goes on as it comes, in as many pieces.
                if (received.MessageType == WebSocketMessageType.Binary)
                    return new ConsoleMessage(buffer[..length], null);
                if (received.EndOfMessage)
                    return new ConsoleMessage(
                        [],
                        JsonSerializer.Deserialize<ConsoleWord>(buffer.AsSpan(0, length), JsonSerializerOptions.Web)
                    );
                if (length == buffer.Length)
                    return null;
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A page that has gone need not hear it.</summary>
    public async Task SayAsync(object word)
    {
        try
        {
            await SendAsync(JsonSerializer.SerializeToUtf8Bytes(word, JsonSerializerOptions.Web), WebSocketMessageType.Text);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // It has gone before.
        }
    }

    /// <summary>Returns once the connection has room again.</summary>
    public Task WriteAsync(byte[] output) => SendAsync(output, WebSocketMessageType.Binary);

    public async Task CloseAsync()
    {
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It has gone before.
        }
    }

    private async Task SendAsync(byte[] bytes, WebSocketMessageType type)
    {
        await order.WaitAsync();
        try
        {
            await socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            order.Release();
        }
    }
}

/// <summary>A piece of input, or a word.</summary>
internal sealed record ConsoleMessage(byte[] Input, ConsoleWord? Word);

/// <summary>What a page says. The first one is what to run; later ones say the terminal's size, or how much output has been shown.</summary>
/// <param name="Command">A line for the app's shell.</param>
/// <param name="Size">Of the dyno; null: the default.</param>
/// <param name="Taken">Bytes of output that were shown since this was last said.</param>
/// <param name="HangUp">The process shall be told to end; the page waits for that.</param>
internal sealed record ConsoleWord(string? Command, string? Size, int? Columns, int? Lines, int? Taken, bool? HangUp);
