using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.Apps;

public sealed class AppListTests(ApiFixture api)
{
    [Theory]
    [InlineData("name ..; max=2", "abcde")]
    [InlineData("name ..; max=2, order=desc", "edcba")]
    [InlineData("name ..; max=1000", "abcde")]
    [InlineData("name ..; max=5", "abcde")]
    [InlineData(null, "abcde")]
    public async Task Following_the_pages_visits_every_app_once(string? range, string expected)
    {
        var me = await api.NewAccountAsync();
        var prefix = $"p{Guid.NewGuid():N}"[..12];
        foreach (var letter in "caebd")
            await me.CreateAppAsync(prefix + letter);
        var seen = new List<string>();

        for (var next = range; ; )
        {
            var page = await me.GetAsync("/users/~/apps", next);
            seen.AddRange(page.Json.AsArray().Select(app => (string)app!["name"]!));
            Assert.True(seen.Count <= 5, "an app came twice");
            if (page.Status == 200)
                break;
            next = page.Headers["Next-Range"];
        }

        var letters = string.Concat(seen.Select(name => name[^1]));
        Assert.Equal(expected, range is null ? string.Concat(letters.Order()) : letters);
    }

    [Fact]
    public async Task A_page_says_what_it_holds_and_how_the_list_can_be_ordered()
    {
        var me = await api.NewAccountAsync();
        var name = await me.CreateAppAsync();

        var page = await me.GetAsync("/apps", "name ..; max=10");

        Assert.Equal("id, name", page.Headers["Accept-Ranges"]);
        Assert.Equal($"name {name}..{name}", page.Headers["Content-Range"]);
    }

    [Fact]
    public async Task A_range_that_cannot_be_understood_is_refused()
    {
        var me = await api.NewAccountAsync();

        var refused = await me.GetAsync("/apps", "bytes=0-5");

        Assert.Equal((416, "requested_range_not_satisfiable"), (refused.Status, refused.Id));
    }

    [Fact]
    public async Task A_list_shows_own_and_shared_apps_and_everything_to_administrators()
    {
        var me = await api.NewAccountAsync();
        var other = await api.NewAccountAsync();
        var admin = await api.NewAccountAsync(isAdmin: true);
        var mine = await me.CreateAppAsync();
        var theirs = await other.CreateAppAsync();
        await other.PostAsync($"/apps/{theirs}/collaborators", $$"""{"user":"{{me.Email}}"}""");
        var hidden = await other.CreateAppAsync();

        Assert.Equivalent(new[] { mine, theirs }, await NamesAsync(me, "/apps"));
        Assert.Contains(hidden, await NamesAsync(admin, "/apps"));
        Assert.Empty(await NamesAsync(admin, "/users/~/apps"));
        Assert.Equal(404, (await me.GetAsync($"/users/{other.Email}/apps")).Status);
    }

    private static async Task<string[]> NamesAsync(ApiClient client, string path) =>
        [.. (await client.GetAsync(path, "name ..; max=1000")).Json.AsArray().Select(app => (string)app!["name"]!)];
}
