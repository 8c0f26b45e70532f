using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.Buildpacks;

public sealed class BuildpackEndpointsTests(ApiFixture api)
{
    [Fact]
    public async Task The_list_is_replaced_in_the_order_given()
    {
        var me = await api.NewAccountAsync();
        var path = $"/apps/{await me.CreateAppAsync()}/buildpack-installations";
        Assert.Equal("[]", (await me.GetAsync(path)).Text);

        var set = await me.PutAsync(
            path,
            """{"updates":[{"buildpack":"heroku/nodejs"},{"buildpack":"https://example.com/pack.git#main"}]}"""
        );

        Assert.Equal(["0", "1"], set.Json.AsArray().Select(row => row!["ordinal"]!.ToString()));
        Assert.Equal("https://example.com/pack.git#main", (string?)set.Json[1]!["buildpack"]!["url"]);
        Assert.Equal(set.Text, (await me.GetAsync(path)).Text);
        Assert.Equal("[]", (await me.PutAsync(path, """{"updates":[]}""")).Text);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"updates":[{}]}""")]
    [InlineData("""{"updates":[null]}""")]
    [InlineData("""{"updates":[{"buildpack":"file:///etc/passwd"}]}""")]
    [InlineData("""{"updates":[{"buildpack":"$(id)"}]}""")]
    [InlineData("""{"updates":[{"buildpack":""}]}""")]
    public async Task What_is_no_buildpack_is_refused(string json)
    {
        var me = await api.NewAccountAsync();
        Assert.Equal(422, (await me.PutAsync($"/apps/{await me.CreateAppAsync()}/buildpack-installations", json)).Status);
    }

    [Theory]
    [InlineData("nodejs")]
    [InlineData("a%2Fb%2Fc")]
    [InlineData("%2Fnodejs")]
    public async Task A_short_name_has_two_parts(string name) =>
        Assert.Equal(404, (await api.ClientThatSays(null).GetAsync($"/buildpacks/{name}")).Status);
}
