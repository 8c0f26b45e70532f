using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.Releases;

public sealed class ReleaseEndpointsTests(ApiFixture api)
{
    [Fact]
    public async Task The_newest_releases_are_a_page_that_leads_to_the_others()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        for (var i = 0; i < 9; i++)
            await me.PatchAsync($"/apps/{app}/config-vars", $$"""{"A":"{{i}}"}""");

        var first = await me.GetAsync($"/apps/{app}/releases", "version ..; max=3, order=desc");
        var second = await me.GetAsync($"/apps/{app}/releases", first.Headers["Next-Range"]);

        Assert.Equal(206, first.Status);
        Assert.Equal([11, 10, 9], Versions(first));
        Assert.Equal([8, 7, 6], Versions(second));
        Assert.Equal("version 8..6", second.Headers["Content-Range"]);
        var newest = await me.GetAsync($"/apps/{app}/releases", "version ..; order=desc,max=1");
        Assert.Equal([11], Versions(newest));
    }

    [Fact]
    public async Task A_release_is_found_by_version_by_id_and_as_the_current_one()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();

        var byNumber = await me.GetAsync($"/apps/{app}/releases/2");

        Assert.Equal(byNumber.Text, (await me.GetAsync($"/apps/{app}/releases/v2")).Text);
        Assert.Equal(byNumber.Text, (await me.GetAsync($"/apps/{app}/releases/current")).Text);
        Assert.Equal(byNumber.Text, (await me.GetAsync($"/apps/{app}/releases/{byNumber.Json["id"]}")).Text);
        Assert.Equal(404, (await me.GetAsync($"/apps/{app}/releases/99")).Status);
        Assert.Equal(404, (await me.GetAsync($"/apps/{app}/releases/99/config-vars")).Status);
    }

    [Theory]
    [InlineData("""{"release":"1"}""", 422)]
    [InlineData("""{"release":"99"}""", 404)]
    [InlineData("""{"slug":"01234567-89ab-cdef-0123-456789abcdef"}""", 404)]
    [InlineData("""{"slug":"01234567-89ab-cdef-0123-456789abcdef","release":"1"}""", 422)]
    [InlineData("{}", 422)]
    public async Task There_is_no_way_back_to_a_release_without_an_image(string json, int status)
    {
        var me = await api.NewAccountAsync();
        Assert.Equal(status, (await me.PostAsync($"/apps/{await me.CreateAppAsync()}/releases", json)).Status);
    }

    private static int[] Versions(ApiAnswer page) => [.. page.Json.AsArray().Select(release => (int)release!["version"]!)];
}
