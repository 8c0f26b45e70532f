using System.Net;
using System.Net.WebSockets;
using System.Text;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Routing;

public sealed class RoutingTests(SharedBox shared)
{
    /// <summary>A WebSocket server without dependencies; it sends each short text back.</summary>
    private const string EchoServer = """
        const http = require("http"), crypto = require("crypto");
        const server = http.createServer((request, response) => response.end("one"));
        server.on("upgrade", (request, socket) => {
          const accept = crypto.createHash("sha1").update(request.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest("base64");
          socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
          socket.on("data", frame => {
            const length = frame[1] & 127, mask = frame.subarray(2, 6);
            const text = Buffer.from(frame.subarray(6, 6 + length).map((byte, i) => byte ^ mask[i % 4]));
            socket.write(Buffer.concat([Buffer.from([frame[0], length]), text]));
          });
        });
        server.listen(process.env.PORT);

        """;

    private readonly Box box = shared.Box;

    [Fact]
    public async Task A_WebSocket_a_worker_and_no_dynos_at_all()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        app.Write("package.json", Programs.Package);
        app.Write("server.js", EchoServer);
        app.Write("Procfile", "web: node server.js\nworker: node worker.js\n");
        app.Write("worker.js", "console.log(`works without a port: ${process.env.PORT}`); setInterval(() => {}, 1000)");
        await app.DeployArchiveAsync();
        await app.AnswersAsync("one");
        await EchoesAsync(app, "through the router");

        await ScaleAsync(app, "worker", 1);
        await app.LogsAsync("works without a port: undefined");
        await Wait.UntilAsync(
            "worker.1 up",
            TimeSpan.FromSeconds(30),
            async () =>
                (await app.ApiAsync("/dynos")).AsArray().Any(dyno => (string?)dyno!["name"] == "worker.1" && (string?)dyno["state"] == "up")
        );

        await ScaleAsync(app, "web", 0);
        await Wait.UntilAsync(
            "the error page",
            TimeSpan.FromSeconds(30),
            async () => (await app.GetAsync()).Status == HttpStatusCode.ServiceUnavailable
        );
        await app.LogsAsync("code=H14 desc=\"No web processes running\"");
        await ScaleAsync(app, "web", 1);
        await app.AnswersAsync("one");
    }

    [Fact]
    public async Task A_host_that_no_app_has_is_not_found()
    {
        using var answer = await box.Web.GetAsync(new Uri(box.Url("no-such-app")), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task An_app_without_a_release_is_welcomed()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        await Wait.UntilAsync(
            "the welcome page",
            TimeSpan.FromSeconds(30),
            async () =>
                await app.GetAsync() is (HttpStatusCode.ServiceUnavailable, var page)
                && page.Contains("Welcome to your new app", StringComparison.Ordinal)
        );
    }

    private async Task EchoesAsync(AppUnderTest app, string text)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(box.Url(app.Name).Replace("http:", "ws:", StringComparison.Ordinal)), box.Web, cancel);
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancel);
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer, cancel);
        Assert.Equal(text, Encoding.UTF8.GetString(buffer, 0, received.Count));
    }

    private static async Task ScaleAsync(AppUnderTest app, string type, int quantity)
    {
        using var answer = await app.PatchAsync($"/formation/{type}", new { quantity });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
