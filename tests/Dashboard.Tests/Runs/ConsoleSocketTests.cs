using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using NeetoDeploy.Dashboard.Runs;

namespace NeetoDeploy.Dashboard.Tests.Runs;

public sealed class ConsoleSocketTests : IAsyncLifetime
{
    private WebSocket browser = null!;
    private ConsoleSocket server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, Cancel);
        var accepted = await listener.AcceptTcpClientAsync(Cancel);
        browser = WebSocket.CreateFromStream(client.GetStream(), new WebSocketCreationOptions());
        server = new ConsoleSocket(WebSocket.CreateFromStream(accepted.GetStream(), new WebSocketCreationOptions { IsServer = true }));
    }

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Bytes_are_input_and_text_is_said()
    {
        byte[] input = [0, 3, 255, 27];
        await SendAsync(input, WebSocketMessageType.Binary);
        await SendAsync("""{"columns": 120, "lines": 40}"""u8.ToArray(), WebSocketMessageType.Text);

        Assert.Equal(input, (await server.ReceiveAsync(Cancel))!.Input);
        Assert.Equal(new ConsoleWord(null, null, 120, 40, null, null), (await server.ReceiveAsync(Cancel))!.Word);
    }

    [Theory, InlineData("no json"), InlineData("[1]"), InlineData("""{"columns": "wide"}""")]
    public async Task A_page_that_says_nonsense_is_gone(string nonsense)
    {
        await SendAsync(Encoding.UTF8.GetBytes(nonsense), WebSocketMessageType.Text);

        Assert.Null(await server.ReceiveAsync(Cancel));
    }

    [Fact]
    public async Task A_page_that_does_not_stop_saying_something_is_gone()
    {
        await SendAsync(Encoding.UTF8.GetBytes($$"""{"command": "{{new string('x', 100_000)}}"}"""), WebSocketMessageType.Text);

        Assert.Null(await server.ReceiveAsync(Cancel));
    }

    [Fact]
    public async Task A_page_that_has_gone_need_not_hear_how_it_ended()
    {
        browser.Dispose();
        Assert.Null(await server.ReceiveAsync(Cancel));

        await server.SayAsync(new { exit = 0 });
        await server.CloseAsync();
    }

    [Fact]
    public async Task Output_waits_for_a_page_that_has_not_shown_what_it_was_sent()
    {
        var output = new ConsoleOutput(server, TimeProvider.System);
        var reading = ReadAllAsync();
        await output.OutputAsync(new byte[900_000]);

        var more = output.OutputAsync(new byte[900_000]);
        Assert.False(more.IsCompleted);
        output.Took(900_000);

        await more;
        await server.CloseAsync();
        Assert.Equal(1_800_000, await reading);
    }

    private Task SendAsync(byte[] bytes, WebSocketMessageType type) => browser.SendAsync(bytes, type, endOfMessage: true, Cancel);

    private async Task<int> ReadAllAsync()
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
}
