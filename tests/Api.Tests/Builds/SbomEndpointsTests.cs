using System.Net;
using System.Text.Json.Nodes;
using NeetoDeploy.Api.Tests.Host;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Fake.Builds;

namespace NeetoDeploy.Api.Tests.Builds;

public sealed class SbomEndpointsTests(ApiFixture api)
{
    private const string Name = "neeto_fake/runtime/sbom.cdx.json";

    [Fact]
    public async Task A_builds_bills_of_materials_are_listed_and_read()
    {
        var me = await api.NewAccountAsync();
        var build = await BuildAsync(me, (Name, "{}\n"u8.ToArray()), ("neeto_fake/sbom.spdx.json", []));

        var listed = (await me.GetAsync($"{build}/sboms")).Json.AsArray();
        using var read = await ReadAsync(me, $"{build}/sboms/{Name}");

        Assert.Equal(
            $$"""{"name":"{{Name}}","subject":"neeto_fake/runtime","format":"cyclonedx","media_type":"application/vnd.cyclonedx\u002Bjson","size":3}""",
            listed[0]!.ToJsonString()
        );
        Assert.Equal("neeto_fake/sbom.spdx.json", (string?)listed[1]!["name"]);
        Assert.Equal(
            (HttpStatusCode.OK, "application/vnd.cyclonedx+json"),
            (read.StatusCode, read.Content.Headers.ContentType?.ToString())
        );
        Assert.Equal("{}\n", await read.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("nosniff", read.Headers.GetValues("X-Content-Type-Options").Single());
        using var escaped = await ReadAsync(me, $"{build}/sboms/{Uri.EscapeDataString(Name)}");
        Assert.Equal(HttpStatusCode.OK, escaped.StatusCode);
    }

    [Fact]
    public async Task What_is_not_there_is_404_and_says_what_is_missing()
    {
        var me = await api.NewAccountAsync();
        var none = await BuildAsync(me);
        var app = await me.CreateAppAsync();
        var gone = $"/apps/{app}/builds/{(await me.DeployAsync(app))["id"]}";

        await MissesAsync(me, $"{none}/sboms", "sbom");
        await MissesAsync(me, $"{none}/sboms/{Name}", "sbom");
        await MissesAsync(me, $"{none}/sboms/a%2F..%2Fsbom.cdx.json", "sbom");
        await MissesAsync(me, $"{gone}/sboms", "image");
        await MissesAsync(me, $"/apps/{app}/builds/{Guid.NewGuid()}/sboms", "build");
    }

    [Fact]
    public async Task A_slug_that_nobody_has_uploaded_has_no_image()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        var slug = await me.PostAsync($"/apps/{app}/slugs", """{"process_types":{"web":"x"}}""");

        await MissesAsync(me, $"/apps/{app}/builds/{slug.Json["id"]}/sboms", "image");
    }

    [Fact]
    public async Task Nobody_reads_those_of_anothers_build()
    {
        var build = await BuildAsync(await api.NewAccountAsync(), (Name, "{}"u8.ToArray()));
        var stranger = await api.NewAccountAsync();

        await MissesAsync(stranger, $"{build}/sboms", "app");
        await MissesAsync(stranger, $"{build}/sboms/{Name}", "app");
    }

    private static async Task MissesAsync(ApiClient client, string path, string what)
    {
        var answer = await client.GetAsync(path);
        Assert.True((answer.Status, (string?)answer.Json["resource"]) == (404, what), $"{answer}");
    }

    /// <summary>A build whose image holds these; its path.</summary>
    private async Task<string> BuildAsync(ApiClient client, params (string Name, byte[] Content)[] sboms)
    {
        var app = await client.CreateAppAsync();
        var build = await client.DeployAsync(app);
        var id = AppId.Parse((string)(await client.GetAsync($"/apps/{app}")).Json["id"]!, null);
        api.Contents.Put(FakeBuildDriver.ImageOf(id, SourceOf(build)), sboms);
        return $"/apps/{app}/builds/{build["id"]}";
    }

    private static SourceRef SourceOf(JsonNode build) =>
        new((string)build["source_blob"]!["url"]!, (string?)build["source_blob"]!["version"], (string?)build["source_blob"]!["checksum"]);

    private async Task<HttpResponseMessage> ReadAsync(ApiClient client, string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(api.PublicUrl) };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", "application/vnd.heroku+json; version=3");
        request.Headers.TryAddWithoutValidation("Authorization", client.Authorization);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
