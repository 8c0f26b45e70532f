using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace NeetoDeploy.Router.Tests.Forwarding;

public sealed class ForwardingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_reaches_the_app_of_its_host_and_its_answer_the_client()
    {
        await using var shop = await FakeWebDyno.StartAsync("shop");
        await using var blog = await FakeWebDyno.StartAsync(context =>
        {
            context.Response.StatusCode = 418;
            context.Response.Headers["X-From"] = "blog";
            return context.Response.WriteAsync("blog");
        });
        await using var router = await RunningRouter.StartAsync([
            RunningRouter.Serving("shop", shop.Target),
            RunningRouter.Serving("blog", blog.Target),
        ]);

        Assert.Equal("shop", await router.Client("shop").GetStringAsync("/", Cancel));
        using var answer = await router.Client("blog").GetAsync("/", Cancel);

        Assert.Equal((HttpStatusCode)418, answer.StatusCode);
        Assert.Equal("blog", Assert.Single(answer.Headers.GetValues("X-From")));
        Assert.Equal("1.1 neeto-router", answer.Headers.Via.ToString());
        Assert.Equal("blog", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task The_app_is_told_who_asked_how_and_when()
    {
        IHeaderDictionary seen = new HeaderDictionary();
        await using var router = await StartEchoAsync(headers => seen = headers);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Proto", "gopher");
        request.Headers.Add("X-Request-Start", "1");
        request.Headers.Add("X-Request-Id", "0123456789-from-client");
        request.Headers.Add("Via", "1.0 elsewhere");
        var before = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

        using var answer = await router.Client().SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("203.0.113.7, 127.0.0.1", seen["X-Forwarded-For"]);
        Assert.Equal("http", seen["X-Forwarded-Proto"]);
        Assert.Equal(router.Url.Port.ToString(), seen["X-Forwarded-Port"]);
        Assert.Equal("0123456789-from-client", seen["X-Request-Id"]);
        Assert.Equal("1.0 elsewhere, 1.1 neeto-router", seen["Via"].ToString().Replace(",1.1", ", 1.1"));
        Assert.Equal("shop.localhost", seen.Host);
        Assert.InRange(
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(seen["X-Request-Start"]!)),
            before,
            TimeProvider.System.GetUtcNow()
        );
    }

    [Theory]
    [InlineData("has space")]
    [InlineData("quote\"quote")]
    [InlineData("")]
    public async Task A_strange_request_id_is_replaced(string id)
    {
        IHeaderDictionary seen = new HeaderDictionary();
        await using var router = await StartEchoAsync(headers => seen = headers);

        await RawHttp.AskAsync(router.Url, $"GET / HTTP/1.1\r\nHost: shop.localhost\r\nX-Request-Id: {id}\r\nConnection: close\r\n\r\n");

        Assert.True(Guid.TryParseExact(seen["X-Request-Id"], "D", out _), seen["X-Request-Id"].ToString());
    }

    [Fact]
    public async Task Headers_of_one_hop_end_at_the_router()
    {
        IHeaderDictionary seen = new HeaderDictionary();
        await using var router = await StartEchoAsync(headers => seen = headers);

        using var client = await RawHttp.ConnectAsync(router.Url);
        await client
            .GetStream()
            .WriteAsync(
                Encoding.Latin1.GetBytes(
                    "GET / HTTP/1.1\r\nHost: shop.localhost\r\nConnection: X-Hop\r\nX-Hop: 1\r\nX-Kept: 2\r\nKeep-Alive: 5\r\nTE: trailers\r\n"
                        + "Proxy-Connection: keep-alive\r\n\r\n"
                ),
                Cancel
            );
        Assert.StartsWith("HTTP/1.1 200", await RawHttp.ReadHeadAsync(client.GetStream(), Cancel));

        Assert.Equal("2", seen["X-Kept"]);
        Assert.DoesNotContain(seen.Keys, key => key is "X-Hop" or "Keep-Alive" or "TE" or "Proxy-Connection" or "Connection");
    }

    [Theory]
    [InlineData("/a%2Fb/../c//d?x=%20&y=%7e#")]
    [InlineData("/%E2%9C%93?q=1|2")]
    [InlineData("/?")]
    public async Task The_target_arrives_byte_for_byte(string target)
    {
        await using var dyno = new ScriptedServer(
            async (stream, head) =>
            {
                var line = head[..head.IndexOf('\r')];
                await ScriptedServer.SayAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {line.Length}\r\n\r\n{line}");
            }
        );
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", dyno.Target));

        var answer = await RawHttp.AskAsync(router.Url, $"GET {target} HTTP/1.1\r\nHost: shop.localhost\r\nConnection: close\r\n\r\n");

        Assert.EndsWith($"GET {target} HTTP/1.1", answer);
    }

    [Fact]
    public async Task A_large_upload_and_a_large_download_arrive_whole()
    {
        const int Size = 48 << 20;
        await using var dyno = await FakeWebDyno.StartAsync(async context =>
        {
            context.Response.ContentType = context.Request.ContentType;
            var memory = new MemoryStream();
            await context.Request.Body.CopyToAsync(memory);
            memory.Position = 0;
            await memory.CopyToAsync(context.Response.Body);
        });
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", dyno.Target));
        var bytes = new byte[Size];
        new Random(1).NextBytes(bytes);
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-test") } };

        using var answer = await router.Client().PostAsync("/", content, Cancel);

        Assert.Equal("application/x-test", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Contains($"bytes={Size} ", await router.ControlPlane.LineAsync(line => line.Contains("method=POST")));
    }

    [Fact]
    public async Task An_empty_post_keeps_its_length_and_type()
    {
        IHeaderDictionary seen = new HeaderDictionary();
        await using var router = await StartEchoAsync(headers => seen = headers);

        await RawHttp.AskAsync(
            router.Url,
            "POST / HTTP/1.1\r\nHost: shop.localhost\r\nContent-Type: text/x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );

        Assert.Equal("0", seen.ContentLength.ToString());
        Assert.Equal("text/x", seen.ContentType);
    }

    [Fact]
    public async Task Each_piece_of_a_stream_arrives_before_the_next_is_sent()
    {
        var next = new SemaphoreSlim(0);
        await using var dyno = await FakeWebDyno.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            for (var i = 0; i < 3; i++)
            {
                await context.Response.WriteAsync($"data: {i}\n\n");
                await context.Response.Body.FlushAsync();
                await next.WaitAsync(context.RequestAborted);
            }
        });
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", dyno.Target));

        await using var stream = await router.Client().GetStreamAsync("/", Cancel);
        using var reader = new StreamReader(stream);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal($"data: {i}", await reader.ReadLineAsync(Cancel));
            Assert.Equal("", await reader.ReadLineAsync(Cancel));
            next.Release();
        }

        Assert.Null(await reader.ReadLineAsync(Cancel));
    }

    [Fact]
    public async Task Each_piece_of_an_upload_arrives_before_the_next_is_sent()
    {
        var arrived = new SemaphoreSlim(0);
        await using var dyno = await FakeWebDyno.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            while (await reader.ReadLineAsync() is not null)
                arrived.Release();
        });
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", dyno.Target));
        using var client = await RawHttp.ConnectAsync(router.Url);
        var stream = client.GetStream();
        await stream.WriteAsync("POST / HTTP/1.1\r\nHost: shop.localhost\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), Cancel);

        for (var i = 0; i < 3; i++)
        {
            await stream.WriteAsync("3\r\nab\n\r\n"u8.ToArray(), Cancel);
            Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(30), Cancel), $"piece {i} has not arrived");
        }

        await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), Cancel);
        Assert.StartsWith("HTTP/1.1 200 OK", await RawHttp.ReadHeadAsync(stream, Cancel));
    }

    [Fact]
    public async Task Expect_continue_is_answered_when_the_app_reads()
    {
        await using var dyno = await FakeWebDyno.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync(await reader.ReadToEndAsync());
        });
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", dyno.Target));
        using var client = await RawHttp.ConnectAsync(router.Url);
        var stream = client.GetStream();
        await stream.WriteAsync(
            "PUT / HTTP/1.1\r\nHost: shop.localhost\r\nExpect: 100-continue\r\nContent-Length: 5\r\nConnection: close\r\n\r\n"u8.ToArray(),
            Cancel
        );

        Assert.StartsWith("HTTP/1.1 100 Continue", await RawHttp.ReadHeadAsync(stream, Cancel));
        await stream.WriteAsync("hello"u8.ToArray(), Cancel);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var answer = await reader.ReadToEndAsync(Cancel);

        Assert.StartsWith("HTTP/1.1 200 OK", answer);
        Assert.Contains("hello", answer);
    }

    [Fact]
    public async Task Requests_spread_over_the_dynos_and_avoid_the_busy_one()
    {
        using var arrivals = new SemaphoreSlim(0);
        var release = new TaskCompletionSource();
        await using var busy = await FakeWebDyno.StartAsync(async context =>
        {
            arrivals.Release();
            await release.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("busy");
        });
        await using var free = await FakeWebDyno.StartAsync("free", "web.2");
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", busy.Target, free.Target));
        using var client = router.Client();

        var hanging = new List<Task<string>>();
        var arrival = arrivals.WaitAsync(Cancel);
        for (var i = 0; i < 200; i++)
        {
            var asked = client.GetStringAsync("/", Cancel);
            if (await Task.WhenAny(asked, arrival) == asked)
            {
                Assert.Equal("free", await asked);
                continue;
            }
            hanging.Add(asked);
            arrival = arrivals.WaitAsync(Cancel);
        }

        // One while neither had anything to do; the free dyno may count one as under way whose answer has just been read.
        Assert.InRange(hanging.Count, 1, 3);
        release.SetResult();
        Assert.All(await Task.WhenAll(hanging), answer => Assert.Equal("busy", answer));
    }

    private static async Task<RunningRouter> StartEchoAsync(Action<IHeaderDictionary> see)
    {
        var dyno = await FakeWebDyno.StartAsync(context =>
        {
            see(new HeaderDictionary(new Dictionary<string, StringValues>(context.Request.Headers, StringComparer.OrdinalIgnoreCase)));
            return Task.CompletedTask;
        });
        var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", dyno.Target));
        router.Owns(dyno);
        return router;
    }
}
