using System.Net.WebSockets;
using System.Text;

namespace NeetoDeploy.Router.Tests.Forwarding;

public sealed class WebSocketTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_web_socket_echoes_through_the_router_and_is_logged_when_it_ends()
    {
        await using var dyno = await FakeWebDyno.StartAsync(EchoAsync);
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", dyno.Target));
        using var socket = await ConnectAsync(router);

        Assert.Equal("hello", await AskAsync(socket, "hello"));
        Assert.Equal("again", await AskAsync(socket, "again"));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);

        var line = await router.ControlPlane.LineAsync(text => text.Contains("status=101"));
        Assert.StartsWith("at=info method=GET", line);
        Assert.Contains("bytes= ", line);
    }

    [Fact]
    public async Task H15_ends_a_web_socket_on_which_nothing_happens()
    {
        await using var dyno = await FakeWebDyno.StartAsync(EchoAsync);
        await using var router = await RunningRouter.StartAsync(
            RunningRouter.Serving("shop", dyno.Target),
            options => options.IdleTimeout = TimeSpan.FromSeconds(1)
        );
        using var socket = await ConnectAsync(router);
        Assert.Equal("hello", await AskAsync(socket, "hello"));

        await Assert.ThrowsAnyAsync<WebSocketException>(() => socket.ReceiveAsync(new byte[10], Cancel));

        await router.ControlPlane.LineAsync(text => text.Contains("code=H15"));
    }

    [Fact]
    public async Task A_web_socket_keeps_its_dyno_draining_until_it_ends()
    {
        await using var old = await FakeWebDyno.StartAsync(EchoAsync);
        await using var replacement = await FakeWebDyno.StartAsync(EchoAsync);
        var route = RunningRouter.Serving("shop", old.Target);
        await using var router = await RunningRouter.StartAsync(route);
        using var socket = await ConnectAsync(router);
        Assert.Equal("hello", await AskAsync(socket, "hello"));

        await router.PublishAsync(route with { Targets = [replacement.Target] });

        await Eventually.HoldsAsync(
            () => router.ControlPlane.Reports.Any(report => report.Version == 2 && report.Draining.SequenceEqual([old.Target.Endpoint])),
            () => "a report that the old dyno drains"
        );
        Assert.Equal("still", await AskAsync(socket, "still"));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
        await Eventually.HoldsAsync(
            () => router.ControlPlane.Reports.Last() is { Version: 2, Draining: [] },
            () => "a report that nothing drains"
        );
    }

    private static async Task<ClientWebSocket> ConnectAsync(RunningRouter router)
    {
        var socket = new ClientWebSocket { Options = { Proxy = null } };
        socket.Options.SetRequestHeader("Host", "shop.localhost");
        await socket.ConnectAsync(new UriBuilder(router.Url) { Scheme = "ws", Path = "/echo" }.Uri, Cancel);
        return socket;
    }

    private static async Task<string> AskAsync(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Cancel);
        var buffer = new byte[100];
        var answer = await socket.ReceiveAsync(buffer, Cancel);
        return Encoding.UTF8.GetString(buffer, 0, answer.Count);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
            if (received.MessageType == WebSocketMessageType.Close)
                break;
            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    }
}
