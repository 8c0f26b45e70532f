using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.Schemas;

public sealed class ServedSchemaTests(ApiFixture api)
{
    [Fact]
    public async Task The_schema_is_served_to_everybody()
    {
        var schema = await api.ClientThatSays(null).GetAsync("/schema");

        Assert.Equal(200, schema.Status);
        Assert.Equal(api.PublicUrl, (string?)schema.Json["links"]![0]!["href"]);
        Assert.Equal(100, schema.Json["definitions"]!.AsObject().Count);
        Assert.Equal(
            304,
            (await api.ClientThatSays(null).SendAsync("GET", "/schema", null, ("If-None-Match", schema.Headers["ETag"]))).Status
        );
    }

    [Fact]
    public async Task Its_links_are_those_that_are_answered()
    {
        var me = await api.NewAccountAsync();
        var links = await LinksAsync();

        Assert.True(links.Length > 60, $"only {links.Length} links are served");
        foreach (var (method, path) in links)
        {
            var answer = await me.SendAsync(method, path, method is "GET" or "DELETE" ? null : "{}");
            Assert.False(answer.Status == 404 && answer.Text.Contains("endpoint", StringComparison.Ordinal), $"{answer}");
        }
    }

    [Fact]
    public async Task What_the_installation_has_no_route_for_is_left_out()
    {
        var links = await LinksAsync();

        Assert.Contains(("PATCH", "/apps/x"), links);
        Assert.Contains(("POST", "/oauth/authorizations/x/actions/regenerate-tokens"), links);
        Assert.DoesNotContain(("POST", "/account/app-transfers"), links);
        Assert.DoesNotContain(("PUT", "/apps/x/acm"), links);
    }

    private async Task<(string Method, string Path)[]> LinksAsync()
    {
        var schema = (await api.ClientThatSays(null).GetAsync("/schema")).Json;
        return
        [
            .. from resource in schema["definitions"]!.AsObject()
            from link in resource.Value!["links"]?.AsArray() ?? []
            select ((string)link["method"]!, Regex.Replace((string)link["href"]!, @"\{[^}]*\}", "x")),
        ];
    }
}
