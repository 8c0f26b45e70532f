using System.Net;
using NeetoDeploy.Builder.Sources;

namespace NeetoDeploy.Builder.Tests.Sources;

public sealed class SourceFetcherTests
{
    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("file://SOURCES/../secret")]
    [InlineData("file://SOURCES/%2e%2e/secret")]
    [InlineData("file://otherhost/etc/passwd")]
    [InlineData("ftp://example.com/x.tar")]
    [InlineData("not a url")]
    public async Task Only_what_the_installation_stored_may_be_a_file(string url)
    {
        using var source = new SourceTreeFixture();
        File.WriteAllText(Path.Combine(source.Folder, "secret"), "x");
        var error = await Assert.ThrowsAsync<SourceException>(() => source.FetchAsync(url.Replace("SOURCES", $"{source.Folder}/sources")));
        Assert.DoesNotContain("empty", error.Message);
    }

    [Fact]
    public async Task A_source_that_is_gone_says_so()
    {
        using var source = new SourceTreeFixture();
        var error = await Assert.ThrowsAsync<SourceException>(() => source.FetchAsync($"file://{source.Folder}/sources/gone"));
        Assert.Contains("no longer stored", error.Message);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/x.tar")]
    [InlineData("http://localhost:1/x.tar")]
    [InlineData("http://[::1]:1/x.tar")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://10.0.0.1/x.tar")]
    [InlineData("http://[::ffff:10.0.0.1]/x.tar")]
    [InlineData("http://0x7f000001/x.tar")]
    public async Task Inside_addresses_are_never_connected_to(string url)
    {
        using var source = new SourceTreeFixture();
        var error = await Assert.ThrowsAsync<SourceException>(() => source.FetchAsync(url));
        Assert.Contains("not a public one", error.Message);
    }

    [Fact]
    public async Task An_archive_is_fetched_by_http_where_the_operator_allows_it()
    {
        using var server = Serve(Archives.Gzip(Archives.Tar(Archives.File("index.html", "hello"))), out var url);
        using var source = new SourceTreeFixture(allowPrivate: true);
        await source.FetchAsync(url);
        Assert.Equal(["index.html"], source.Listing());
    }

    [Fact]
    public async Task A_server_that_refuses_is_named_by_its_answer()
    {
        using var server = Serve(null, out var url);
        using var source = new SourceTreeFixture(allowPrivate: true);
        Assert.Contains("404", (await Assert.ThrowsAsync<SourceException>(() => source.FetchAsync(url))).Message);
    }

    [Fact]
    public async Task An_archive_that_is_cut_off_is_refused()
    {
        var archive = Archives.Tar(Archives.File("file", new byte[5000]));
        using var server = Serve(archive[..3000], out var url, promised: archive.Length);
        using var source = new SourceTreeFixture(allowPrivate: true);
        Assert.Contains("cut off", (await Assert.ThrowsAsync<SourceException>(() => source.FetchAsync(url))).Message);
    }

    /// <summary>Serves one archive; null answers 404.</summary>
    private static HttpListener Serve(byte[]? content, out string url, int? promised = null)
    {
        for (var tries = 0; ; tries++)
        {
            var listener = new HttpListener();
            url = $"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000)}/";
            listener.Prefixes.Add(url);
            try
            {
                listener.Start();
                _ = AnswerAsync(listener, content, promised);
                return listener;
            }
            catch (HttpListenerException) when (tries < 50) { }
        }
    }

    private static async Task AnswerAsync(HttpListener listener, byte[]? content, int? promised)
    {
        var context = await listener.GetContextAsync();
        if (promised is { } length)
        {
            context.Response.ContentLength64 = length;
            await context.Response.OutputStream.WriteAsync(content);
            context.Response.Abort();
            return;
        }
        context.Response.StatusCode = content is null ? 404 : 200;
        context.Response.Close(content ?? [], willBlock: false);
    }
}
