using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.Domains;

public sealed class DomainEndpointsTests(ApiFixture api)
{
    [Fact]
    public async Task An_app_has_its_own_domain_and_those_that_are_added()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        var host = $"www.{Guid.NewGuid():N}.example";

        var added = await me.PostAsync($"/apps/{app}/domains", $$"""{"hostname":"{{host}}","sni_endpoint":null}""");

        Assert.Equal(201, added.Status);
        Assert.Equal($"{app}.apps.localhost", (string?)added.Json["cname"]);
        var rows = (await me.GetAsync($"/apps/{app}/domains", "id ..; max=1000;")).Json.AsArray();
        Assert.Equivalent(
            new[] { ("heroku", $"{app}.apps.localhost"), ("custom", host) },
            rows.Select(row => ((string)row!["kind"]!, (string)row["hostname"]!))
        );
        Assert.Equal(200, (await me.GetAsync($"/apps/{app}/domains/{added.Json["id"]}")).Status);
        Assert.Equal(200, (await me.DeleteAsync($"/apps/{app}/domains/{host}")).Status);
        Assert.Equal(404, (await me.DeleteAsync($"/apps/{app}/domains/{host}")).Status);
    }

    [Theory]
    [InlineData("""{"hostname":"no host name"}""")]
    [InlineData("""{"hostname":"localhost; rm -rf /"}""")]
    [InlineData("""{"hostname":"a.example\u0000"}""")]
    [InlineData("""{"hostname":"a.example","sni_endpoint":"x"}""")]
    [InlineData("{}")]
    public async Task What_is_no_host_name_is_refused(string json)
    {
        var me = await api.NewAccountAsync();
        Assert.Equal(422, (await me.PostAsync($"/apps/{await me.CreateAppAsync()}/domains", json)).Status);
    }
}
