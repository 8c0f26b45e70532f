using System.Net;
using System.Net.Sockets;
using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Router.Tests.Forwarding;

/// <summary>Every code that the router answers or writes, from what causes it to the client's answer and the line in the log.</summary>
public sealed class FailureTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RouteState.Crashed, "at=error code=H10 desc=\"App crashed\"", "Application error")]
    [InlineData(RouteState.NoWebDynos, "at=error code=H14 desc=\"No web processes running\"", "Application error")]
    [InlineData(RouteState.Maintenance, "at=info code=H80 desc=\"Maintenance mode\"", "Offline for maintenance")]
    [InlineData(RouteState.Blank, "at=info code=H81 desc=\"Blank app\"", "Welcome to your new app")]
    public async Task An_app_that_cannot_serve_says_so(RouteState state, string line, string page)
    {
        await using var router = await RunningRouter.StartAsync(RunningRouter.Route("shop", state));

        using var answer = await router.Client().GetAsync("/", Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains($"<h1>{page}</h1>", await answer.Content.ReadAsStringAsync(Cancel));
        var written = await router.ControlPlane.LineAsync(text => text.StartsWith(line));
        Assert.EndsWith("dyno= connect= service= status=503 bytes= protocol=http", written);
    }

    [Fact]
    public async Task H11_more_requests_wait_for_a_booting_app_than_it_may_have()
    {
        await using var router = await RunningRouter.StartAsync(
            RunningRouter.Route("shop", RouteState.Starting),
            options => options.BacklogLimit = 1
        );
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var first = router.Client().GetAsync("/", leave.Token);
        var second = router.Client().GetAsync("/", leave.Token);

        using var refused = await await Task.WhenAny(first, second);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        await router.ControlPlane.LineAsync(line => line.Contains("code=H11 desc=\"Backlog too deep\""));
        await leave.CancelAsync();
        await router.ControlPlane.LineAsync(line => line.Contains("at=info code=H27"));
    }

    [Fact]
    public async Task H12_the_app_does_not_begin_to_answer_in_time()
    {
        await using var dyno = await FakeWebDyno.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var router = await RunningRouter.StartAsync(
            RunningRouter.Serving("shop", dyno.Target),
            options => options.FirstByteTimeout = Short
        );

        await AnswersAsync(router, "at=error code=H12 desc=\"Request timeout\"", "dyno=web.1");
    }

    [Fact]
    public async Task H12_counts_from_the_end_of_the_upload()
    {
        await using var dyno = await FakeWebDyno.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var router = await RunningRouter.StartAsync(
            RunningRouter.Serving("shop", dyno.Target),
            options => options.FirstByteTimeout = Short
        );
        using var client = await RawHttp.ConnectAsync(router.Url);
        var stream = client.GetStream();
        await stream.WriteAsync(
            "POST / HTTP/1.1\r\nHost: shop.localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\na"u8.ToArray(),
            Cancel
        );
        var answer = RawHttp.ReadHeadAsync(stream, Cancel);

        // Longer than the time to the first byte, which must not have begun.
        await Assert.ThrowsAsync<TimeoutException>(() => answer.WaitAsync(3 * Short, Cancel));
        await stream.WriteAsync("b"u8.ToArray(), Cancel);

        Assert.StartsWith("HTTP/1.1 503", await answer);
        await router.ControlPlane.LineAsync(line => line.Contains("code=H12"));
    }

    [Fact]
    public async Task H13_the_app_closes_without_an_answer()
    {
        await using var dyno = new ScriptedServer((_, _) => Task.CompletedTask);
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", dyno.Target));

        await AnswersAsync(router, "at=error code=H13 desc=\"Connection closed without response\"", "dyno=web.1");
    }

    [Fact]
    public async Task H15_the_answer_stops_half_way()
    {
        await using var dyno = new ScriptedServer(
            async (stream, _) =>
            {
                await ScriptedServer.SayAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");
                Assert.Equal(0, await stream.ReadAsync(new byte[1]));
            }
        );
        await using var router = await RunningRouter.StartAsync(
            RunningRouter.Serving("shop", dyno.Target),
            options => options.IdleTimeout = Short
        );

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => router.Client().GetStringAsync("/", Cancel));

        await router.ControlPlane.LineAsync(line =>
            line.Contains("at=error code=H15 desc=\"Idle connection\"") && line.Contains("dyno=web.1")
        );
    }

    [Fact]
    public async Task H17_the_answer_is_not_http()
    {
        await using var dyno = new ScriptedServer(
            (stream, _) => ScriptedServer.SayAsync(stream, "SSH-2.0-OpenSSH_9.2 and more of it\r\n\r\n")
        );
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", dyno.Target));

        await AnswersAsync(router, "at=error code=H17 desc=\"Poorly formatted HTTP response\"", "dyno=web.1");
    }

    [Fact]
    public async Task H18_the_app_breaks_off_its_answer()
    {
        await using var dyno = new ScriptedServer(
            (stream, _) => ScriptedServer.SayAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello")
        );
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", dyno.Target));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => router.Client().GetStringAsync("/", Cancel));

        await router.ControlPlane.LineAsync(line =>
            line.Contains("at=error code=H18 desc=\"Server Request Interrupted\"") && line.Contains("status=503")
        );
    }

    [Fact]
    public async Task H19_the_dyno_does_not_accept_the_connection()
    {
        // Its queue of connections is full: the kernel drops what comes.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(0);
        var target = ScriptedServer.Refusing() with { Port = ((IPEndPoint)socket.LocalEndPoint!).Port };
        using var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await filler.ConnectAsync(socket.LocalEndPoint, Cancel);
        await using var router = await RunningRouter.StartAsync(
            RunningRouter.Serving("shop", target),
            options => options.ConnectTimeout = Short
        );

        await AnswersAsync(router, "at=error code=H19 desc=\"Backend connection timeout\"", "dyno=web.1");
    }

    [Fact]
    public async Task H20_the_app_does_not_boot_in_time()
    {
        await using var router = await RunningRouter.StartAsync(
            RunningRouter.Route("shop", RouteState.Starting),
            options => options.BootTimeout = Short
        );

        await AnswersAsync(router, "at=error code=H20 desc=\"App boot timeout\"", "dyno= ");
    }

    [Fact]
    public async Task H21_the_dyno_refuses_the_connection()
    {
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", ScriptedServer.Refusing()));

        await AnswersAsync(router, "at=error code=H21 desc=\"Backend connection refused\"", "dyno=web.1");
    }

    [Fact]
    public async Task Another_dyno_takes_what_one_refused()
    {
        await using var dyno = await FakeWebDyno.StartAsync("ok", "web.2");
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", ScriptedServer.Refusing(), dyno.Target));
        using var client = router.Client();

        for (var i = 0; i < 20; i++)
        {
            using var answer = await client.PostAsync("/", new StringContent("body"), Cancel);
            Assert.Equal("ok", await answer.Content.ReadAsStringAsync(Cancel));
        }

        await Eventually.HoldsAsync(() => router.ControlPlane.Lines.Count() == 20, () => "20 lines");
        Assert.All(router.ControlPlane.Lines, line => Assert.Contains("dyno=web.2", line));
    }

    [Fact]
    public async Task H26_the_clients_body_is_malformed()
    {
        await using var dyno = await FakeWebDyno.StartAsync(context => context.Request.Body.CopyToAsync(Stream.Null));
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", dyno.Target));

        var answer = await RawHttp.AskAsync(
            router.Url,
            "POST / HTTP/1.1\r\nHost: shop.localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
        );

        Assert.StartsWith("HTTP/1.1 400", answer);
        await router.ControlPlane.LineAsync(line => line.Contains("code=H26"));
    }

    [Fact]
    public async Task H27_the_client_leaves_before_the_answer()
    {
        var asked = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        await using var dyno = await FakeWebDyno.StartAsync(async context =>
        {
            context.RequestAborted.Register(left.SetResult);
            asked.SetResult();
            await left.Task;
        });
        await using var router = await RunningRouter.StartAsync(RunningRouter.Serving("shop", dyno.Target));
        using (var client = await RawHttp.ConnectAsync(router.Url))
        {
            await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: shop.localhost\r\n\r\n"u8.ToArray(), Cancel);
            await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        }

        await left.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        var line = await router.ControlPlane.LineAsync(text => text.Contains("code=H27"));
        Assert.StartsWith("at=info code=H27 desc=\"Client Request Interrupted\"", line);
        Assert.Contains("status=499", line);
    }

    [Fact]
    public async Task H28_the_client_stops_half_way_through_its_upload()
    {
        await using var dyno = await FakeWebDyno.StartAsync(context => context.Request.Body.CopyToAsync(Stream.Null));
        await using var router = await RunningRouter.StartAsync(
            RunningRouter.Serving("shop", dyno.Target),
            options => options.IdleTimeout = Short
        );
        using var client = await RawHttp.ConnectAsync(router.Url);
        await client.GetStream().WriteAsync("POST / HTTP/1.1\r\nHost: shop.localhost\r\nContent-Length: 9\r\n\r\na"u8.ToArray(), Cancel);

        Assert.StartsWith("HTTP/1.1 408", await RawHttp.ReadHeadAsync(client.GetStream(), Cancel));
        await router.ControlPlane.LineAsync(line => line.Contains("at=error code=H28 desc=\"Client Connection Idle\""));
    }

    [Theory]
    [InlineData(RouteState.Starting)]
    [InlineData(RouteState.Blank)] // its first release is on its way
    public async Task A_request_waits_for_a_booting_app_and_is_answered_by_it(RouteState before)
    {
        var booting = RunningRouter.Route("shop", before);
        await using var dyno = await FakeWebDyno.StartAsync("booted");
        await using var router = await RunningRouter.StartAsync(booting, options => options.FirstReleaseTimeout = TimeSpan.FromMinutes(1));
        using var client = await RawHttp.ConnectAsync(router.Url);
        await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: shop.localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), Cancel);

        await router.PublishAsync(booting with { State = RouteState.Serving, Targets = [dyno.Target] });

        using var reader = new StreamReader(client.GetStream());
        Assert.Contains("booted", await reader.ReadToEndAsync(Cancel));
    }

    private static async Task AnswersAsync(RunningRouter router, string line, string part)
    {
        using var answer = await router.Client().GetAsync("/", Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        var written = await router.ControlPlane.LineAsync(text => text.StartsWith(line));
        Assert.Contains(part, written);
        Assert.Contains(" status=503 ", written);
    }
}
