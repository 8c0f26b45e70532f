using System.Net;

namespace NeetoDeploy.Router.Tests.Routing;

public sealed class HostRoutingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("shop.localhost", "shop")]
    [InlineData("SHOP.localhost:8080", "shop")]
    [InlineData("www.example.com", "custom")]
    [InlineData("any.example.org", "wildcard")]
    [InlineData("own.example.org", "own")]
    public async Task A_host_leads_to_its_app(string host, string expected)
    {
        await using var router = await StartAsync();

        var answer = await RawHttp.AskAsync(router.Url, $"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", answer);
        Assert.Contains($"\r\n{expected}\r\n", answer);
    }

    [Theory]
    [InlineData("unknown.localhost")]
    [InlineData("example.org")]
    [InlineData("two.labels.example.org")]
    [InlineData("localhost")]
    public async Task An_unknown_host_is_no_such_app(string host)
    {
        await using var router = await StartAsync();

        var answer = await RawHttp.AskAsync(router.Url, $"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 404", answer);
        Assert.Contains("<h1>No such app</h1>", answer);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a/b\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: ..\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: \r\n")]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: shop.localhost\r\nHost: www.example.com\r\n")]
    [InlineData("GET http://www.example.com/ HTTP/1.1\r\nHost: shop.localhost\r\n")]
    [InlineData("CONNECT shop.localhost:80 HTTP/1.1\r\nHost: shop.localhost:80\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: shop.localhost\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: shop.localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: shop.localhost\r\nTransfer-Encoding: gzip, chunked, identity\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: shop.localhost\r\nBad Header: x\r\n")]
    public async Task A_request_that_may_mean_two_things_is_refused(string head)
    {
        await using var router = await StartAsync();

        Assert.StartsWith("HTTP/1.1 400", await RawHttp.AskAsync(router.Url, head + "Connection: close\r\n\r\n"));
    }

    [Fact]
    public async Task Too_long_a_request_line_is_refused()
    {
        await using var router = await StartAsync();

        var answer = await RawHttp.AskAsync(
            router.Url,
            $"GET /{new string('a', 8200)} HTTP/1.1\r\nHost: shop.localhost\r\nConnection: close\r\n\r\n"
        );

        Assert.StartsWith("HTTP/1.1 414", answer);
    }

    [Fact]
    public async Task Health_is_answered_on_the_loopback_address_only()
    {
        await using var router = await StartAsync();
        using var client = new HttpClient { BaseAddress = router.Url };

        Assert.Contains("\"status\":\"ok\"", await client.GetStringAsync("/.well-known/neeto/health", Cancel));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/", Cancel)).StatusCode);
        Assert.Equal("shop", await router.Client().GetStringAsync("/.well-known/neeto/health", Cancel));
    }

    private static async Task<RunningRouter> StartAsync()
    {
        var dynos = new List<FakeWebDyno>();
        foreach (var name in (string[])["shop", "custom", "wildcard", "own"])
            dynos.Add(await FakeWebDyno.StartAsync(name));
        var router = await RunningRouter.StartAsync([
            RunningRouter.Serving("shop", dynos[0].Target),
            RunningRouter.Serving("custom", dynos[1].Target) with
            {
                Hosts = ["custom.localhost", "www.example.com"],
            },
            RunningRouter.Serving("wildcard", dynos[2].Target) with
            {
                Hosts = ["*.example.org"],
            },
            RunningRouter.Serving("own", dynos[3].Target) with
            {
                Hosts = ["own.example.org"],
            },
        ]);
        dynos.ForEach(router.Owns);
        return router;
    }
}
