using System.Text;
using Microsoft.AspNetCore.Http;
using NeetoDeploy.Cli.Http;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Http;

public sealed class OutputStreamTests
{
    [Fact]
    public async Task An_output_that_has_not_begun_is_waited_for()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /output", 404, "{}").On("GET /output", 404, "{}").On("GET /output", 200, "all");

        Assert.Equal("all", await ReadAsync(edge));
    }

    [Fact]
    public async Task A_broken_connection_goes_on_at_the_byte_it_broke_at()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /output", ScriptedEdge.Broken("Install")).On("GET /output", 503, "").On("GET /output", 206, "ing dependencies");

        Assert.Equal("Installing dependencies", await ReadAsync(edge));
        Assert.Equal([null, "bytes=7-", "bytes=7-"], edge.Requests.Select(request => request.Header("Range")));
    }

    [Fact]
    public async Task A_server_that_knows_no_ranges_repeats_nothing()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /output", ScriptedEdge.Broken("Install")).On("GET /output", 200, "Installing dependencies");

        Assert.Equal("Installing dependencies", await ReadAsync(edge));
    }

    [Fact]
    public async Task Nothing_after_the_byte_it_broke_at_is_the_end()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /output", ScriptedEdge.Broken("all")).On("GET /output", 416, "");

        Assert.Equal("all", await ReadAsync(edge));
    }

    [Fact]
    public async Task A_refusal_is_an_error()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /output", 403, "{}");

        await Assert.ThrowsAsync<HttpRequestException>(() => ReadAsync(edge));
    }

    private static async Task<string> ReadAsync(ScriptedEdge edge)
    {
        using var client = new HttpClient();
        using var all = new MemoryStream();
        await new OutputStream(client, new Uri($"{edge.Url}/output"), TimeProvider.System).CopyAsync(
            bytes => all.WriteAsync(bytes),
            TestContext.Current.CancellationToken
        );
        return Encoding.UTF8.GetString(all.ToArray());
    }
}
