using System.Net;
using NeetoDeploy.Api.Tests.Host;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Fake.Builds;

namespace NeetoDeploy.Api.Tests.Slugs;

public sealed class SlugEndpointsTests(ApiFixture api)
{
    private const string Create = """
        {"process_types":{"web":"bin/serve"},"commit":"60883d9e8947a57e04dc9124f25df004866a2051","commit_description":"fixed a bug",
         "buildpack_provided_description":"Ruby/Rack","checksum":"SHA256:00"}
        """;

    [Fact]
    public async Task A_script_creates_a_slug_puts_its_archive_and_releases_it_at_once()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        var slug = await me.PostAsync($"/apps/{app}/slugs", Create);
        Assert.Equal((201, "put"), (slug.Status, (string?)slug.Json["blob"]!["method"]));
        Assert.Equal(slug.Text, (await me.GetAsync($"/apps/{app}/slugs/{slug.Json["id"]}")).Text);

        var put = await PutAsync((string)slug.Json["blob"]!["url"]!);
        var release = await me.PostAsync($"/apps/{app}/releases", $$"""{"slug":"{{slug.Json["id"]}}"}""");

        Assert.Equal((HttpStatusCode.OK, ""), put);
        Assert.Equal((201, 3, "succeeded"), (release.Status, (int)release.Json["version"]!, (string?)release.Json["status"]));
        Assert.Equal("Deploy 60883d9e", (string?)release.Json["description"]);
        Assert.Equal((string?)slug.Json["id"], (string?)release.Json["slug"]!["id"]);
        var made = await me.GetAsync($"/apps/{app}/slugs/{slug.Json["id"]}");
        Assert.Equal(
            ("get", 1000, "SHA256:00"),
            ((string?)made.Json["blob"]!["method"], (int)made.Json["size"]!, (string?)made.Json["checksum"])
        );
        Assert.Equal(
            ("Ruby/Rack", "fixed a bug", "bin/serve"),
            (
                (string?)made.Json["buildpack_provided_description"],
                (string?)made.Json["commit_description"],
                (string?)made.Json["process_types"]!["web"]
            )
        );
        Assert.Equal(HttpStatusCode.Conflict, (await PutAsync((string)slug.Json["blob"]!["url"]!)).Status);
    }

    [Fact]
    public async Task An_archive_that_is_no_slug_is_refused_where_it_is_put()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        var slug = await me.PostAsync($"/apps/{app}/slugs", """{"process_types":{"web":"broken"}}""");
        api.Builder.Program = (job, output, cancel) =>
            job.Slug?.ProcessTypes.ContainsValue("broken") == true
                ? FakeBuildPrograms.Fail(BuildPhase.Prepare, 0, "a slug has everything in ./app")(job, output, cancel)
                : api.Builder.SucceedAsync(job, output, cancel);

        var put = await PutAsync((string)slug.Json["blob"]!["url"]!);

        api.Builder.Program = null;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, put.Status);
        Assert.Contains("No image can be made of this slug: a slug has everything in ./app.", put.Text, StringComparison.Ordinal);
        Assert.Equal(422, (await me.PostAsync($"/apps/{app}/releases", $$"""{"slug":"{{slug.Json["id"]}}"}""")).Status);
    }

    [Fact]
    public async Task A_slug_is_released_in_another_app_of_the_same_person_and_of_nobody_else()
    {
        var me = await api.NewAccountAsync();
        var slug = (string)(await me.DeployAsync(await me.CreateAppAsync()))["slug"]!["id"]!;
        var mine = await me.CreateAppAsync();
        var other = await api.NewAccountAsync();
        var theirs = await other.CreateAppAsync();

        var copied = await me.PostAsync($"/apps/{mine}/releases", $$"""{"slug":"{{slug}}","description":"Promote staging v3"}""");
        var refused = await other.PostAsync($"/apps/{theirs}/releases", $$"""{"slug":"{{slug}}"}""");

        Assert.Equal((201, "Promote staging v3"), (copied.Status, (string?)copied.Json["description"]));
        Assert.Equal(slug, (string?)copied.Json["slug"]!["id"]);
        Assert.Equal(slug, (string?)(await me.GetAsync($"/apps/{mine}/slugs/{slug}")).Json["id"]);
        Assert.Equal((404, "slug"), (refused.Status, (string?)refused.Json["resource"]));
    }

    [Theory]
    [InlineData("""{"process_types":{"a b":"x"}}""")]
    [InlineData("""{"process_types":{"web":""}}""")]
    [InlineData("""{"process_types":{"web":"x"},"stack":"cedar-14"}""")]
    [InlineData("""{"process_types":["web"]}""")]
    public async Task What_cannot_be_a_slug_is_refused(string json)
    {
        var me = await api.NewAccountAsync();
        Assert.Equal(422, (await me.PostAsync($"/apps/{await me.CreateAppAsync()}/slugs", json)).Status);
    }

    [Fact]
    public async Task Nobody_makes_up_the_url_of_an_upload()
    {
        var me = await api.NewAccountAsync();
        var slug = await me.PostAsync($"/apps/{await me.CreateAppAsync()}/slugs", Create);
        var url = (string)slug.Json["blob"]!["url"]!;

        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(url[..^2] + "xx")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(url.Replace((string)slug.Json["id"]!, $"{Guid.NewGuid()}"))).Status);
    }

    private static async Task<(HttpStatusCode Status, string Text)> PutAsync(string url)
    {
        using var http = new HttpClient();
        using var content = new ByteArrayContent([0x1f, 0x8b, 1, 2, 3]);
        using var response = await http.PutAsync(new Uri(url), content, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
