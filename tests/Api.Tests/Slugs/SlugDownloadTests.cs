using System.Net;
using System.Text.Json.Nodes;
using NeetoDeploy.Api.Tests.Host;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Fake.Builds;

namespace NeetoDeploy.Api.Tests.Slugs;

/// <summary>The archive of a slug, by the URL that <c>GET …/slugs/{slug}</c> answers.</summary>
public sealed class SlugDownloadTests(ApiFixture api)
{
    private static readonly byte[] Archive = [0x1f, 0x8b, 1, 2, 3];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_slug_of_a_build_is_made_of_its_image()
    {
        var me = await api.NewAccountAsync();
        var (slug, image) = await BuildAsync(me);
        api.Contents.PutSlug(image, Archive);

        using var answer = await DownloadAsync(UrlOf(slug));

        Assert.Equal("get", (string?)slug["blob"]!["method"]);
        Assert.Equal((HttpStatusCode.OK, "application/gzip"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Equal(Archive, await answer.Content.ReadAsByteArrayAsync(Cancel));
        // Of an archive that is made when it is asked for nobody knows the checksum.
        Assert.Null(slug["checksum"]);
    }

    [Fact]
    public async Task An_uploaded_one_comes_back_as_it_was_sent()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        var created = await me.PostAsync($"/apps/{app}/slugs", """{"process_types":{"web":"x"}}""");
        using var http = new HttpClient();
        using var put = await http.PutAsync(new Uri(UrlOf(created.Json)), new ByteArrayContent(Archive), Cancel);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);

        using var answer = await DownloadAsync(UrlOf((await me.GetAsync($"/apps/{app}/slugs/{created.Json["id"]}")).Json));

        Assert.Equal(Archive, await answer.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task The_url_opens_one_slug_for_an_hour_and_nothing_else()
    {
        var me = await api.NewAccountAsync();
        var (slug, image) = await BuildAsync(me);
        var (other, _) = await BuildAsync(me);
        api.Contents.PutSlug(image, Archive);
        var url = UrlOf(slug);
        var parts = url.Split('/');
        var until = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[^2]));

        Assert.InRange(until - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        foreach (
            var wrong in new[]
            {
                url.Replace(parts[^2], $"{until.AddHours(1).ToUnixTimeSeconds()}"),
                url.Replace(parts[^2], $"+{parts[^2]}"),
                url.Replace((string)slug["id"]!, (string)other["id"]!),
                url[..^2] + "xx",
            }
        )
        {
            using var refused = await DownloadAsync(wrong);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }
        using var http = new HttpClient();
        using var put = await http.PutAsync(new Uri(url.Replace($"/{parts[^2]}/", "/")), new ByteArrayContent(Archive), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, put.StatusCode);
    }

    [Fact]
    public async Task One_whose_time_is_over_says_where_there_is_another()
    {
        var me = await api.NewAccountAsync();
        var (slug, _) = await BuildAsync(me);
        var app = AppId.Parse(UrlOf(slug).Split('/')[^4], null);
        var urls = new NeetoDeploy.Api.Streams.StreamUrls(api.Options(), new NeetoDeploy.Api.Streams.UrlSigner(api.Options()));

        using var answer = await DownloadAsync(
            urls.SlugArchiveUrl(app, Guid.Parse((string)slug["id"]!), TimeProvider.System.GetUtcNow().AddSeconds(-2))
        );

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("time is over", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_archive_says_why()
    {
        var me = await api.NewAccountAsync();
        var (gone, _) = await BuildAsync(me);
        var (taken, _) = await BuildAsync(me, "image:web=registry.example/shop:7");

        using var first = await DownloadAsync(UrlOf(gone));
        using var second = await DownloadAsync(UrlOf(taken));

        Assert.Equal((HttpStatusCode.NotFound, "image"), (first.StatusCode, (string?)(await JsonOf(first))["resource"]));
        Assert.Equal(HttpStatusCode.NotFound, second.StatusCode);
        Assert.Contains("Release it in another app by its id", (string)(await JsonOf(second))["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_that_breaks_off_is_not_taken_for_the_whole()
    {
        var me = await api.NewAccountAsync();
        var (slug, image) = await BuildAsync(me);
        api.Contents.PutSlug(image, archive: null);

        await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            using var answer = await DownloadAsync(UrlOf(slug));
            await answer.Content.ReadAsByteArrayAsync(Cancel);
        });
    }

    private static string UrlOf(JsonNode slug) => (string)slug["blob"]!["url"]!;

    private static async Task<JsonNode> JsonOf(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;

    private static async Task<HttpResponseMessage> DownloadAsync(string url)
    {
        using var http = new HttpClient();
        return await http.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    /// <summary>The slug of a new app's build, and its image.</summary>
    private static async Task<(JsonNode Slug, ImageRef Image)> BuildAsync(
        ApiClient client,
        string source = "https://example.com/app.tar.gz"
    )
    {
        var app = await client.CreateAppAsync();
        var build = await client.DeployAsync(app, source);
        var slug = await client.GetAsync($"/apps/{app}/slugs/{build["slug"]!["id"]}");
        var id = AppId.Parse((string)(await client.GetAsync($"/apps/{app}")).Json["id"]!, null);
        return (slug.Json, FakeBuildDriver.ImageOf(id, new SourceRef(source, "1a2b3c4d5e6f", null)));
    }
}
