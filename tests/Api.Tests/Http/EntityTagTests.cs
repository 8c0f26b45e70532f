using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.Http;

/// <summary>Who has an answer already is told so, and gets it not again.</summary>
public sealed class EntityTagTests(ApiFixture api)
{
    [Theory]
    [InlineData("/account")]
    [InlineData("/apps/{app}")]
    [InlineData("/apps/{app}/config-vars")]
    [InlineData("/apps/{app}/releases")]
    [InlineData("/apps/{app}/addons")]
    [InlineData("/stacks")]
    public async Task An_answer_that_has_not_changed_is_304(string pattern)
    {
        var me = await api.NewAccountAsync();
        var path = pattern.Replace("{app}", await me.CreateAppAsync(), StringComparison.Ordinal);
        var first = await me.GetAsync(path);

        foreach (var known in new[] { Tag(first), $"W/{Tag(first)}", $"\"other\", {Tag(first)}", "*" })
        {
            var again = await AskAsync(me, path, known);
            Assert.Equal((304, Tag(first)), (again.Status, Tag(again)));
        }
        Assert.Equal((200, first.Text), (await AskAsync(me, path, "\"other\"") is var other ? (other.Status, other.Text) : default));
    }

    [Fact]
    public async Task What_has_changed_is_answered_in_full()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        var before = await me.GetAsync($"/apps/{app}/config-vars");
        await me.PatchAsync($"/apps/{app}/config-vars", """{"A":"1"}""");

        var after = await AskAsync(me, $"/apps/{app}/config-vars", Tag(before));

        Assert.Equal((200, """{"A":"1"}"""), (after.Status, after.Text));
        Assert.NotEqual(Tag(before), Tag(after));
    }

    [Fact]
    public async Task A_page_is_another_one_when_it_goes_on_elsewhere()
    {
        var me = await api.NewAccountAsync();
        var (one, _) = (await me.CreateAppAsync("etag-one"), await me.CreateAppAsync("etag-two"));
        var whole = await me.GetAsync("/apps", $"name {one}..{one}");
        var page = await me.GetAsync("/apps", $"name {one}..; max=1");

        Assert.Equal((200, 206, whole.Text), (whole.Status, page.Status, page.Text));
        Assert.NotEqual(Tag(whole), Tag(page));
        Assert.Equal(
            304,
            (await me.SendAsync("GET", "/apps", null, ("Range", $"name {one}..; max=1"), ("If-None-Match", Tag(page)))).Status
        );
    }

    [Fact]
    public async Task Only_a_good_answer_to_a_question_has_a_tag()
    {
        var me = await api.NewAccountAsync();

        Assert.False((await me.GetAsync("/apps/no-such-app")).Headers.ContainsKey("ETag"));
        Assert.Equal(404, (await AskAsync(me, "/apps/no-such-app", "*")).Status);
        Assert.Equal(201, (await me.SendAsync("POST", "/apps", "{}", ("If-None-Match", "*"))).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("\"")]
    public async Task A_header_that_cannot_be_read_does_no_harm(string header) =>
        Assert.Equal(200, (await AskAsync(await api.NewAccountAsync(), "/account", header)).Status);

    private static Task<ApiAnswer> AskAsync(ApiClient me, string path, string known) =>
        me.SendAsync("GET", path, null, ("If-None-Match", known));

    private static string Tag(ApiAnswer answer) => answer.Headers["ETag"];
}
