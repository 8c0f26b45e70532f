using System.Text.Json;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Domains;

public sealed class DomainsTests
{
    [Fact]
    public async Task Domains_shows_hosts_and_DNS_targets()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On(
            "GET /apps/shop/domains",
            [Examples.Domain("shop.localhost", "heroku", null), Examples.Domain()],
            ApiJson.Default.DomainResourceArray
        );

        (await Neeto.RunAsync(edge, "domains", "-a", "shop")).Shows(
            """
            HOST              KIND     DNS TARGET
            shop.localhost    default
            shop.example.com  custom   shop.localhost
            """
        );
    }

    [Fact]
    public async Task Add_says_what_the_DNS_record_must_be()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("POST /apps/shop/domains", Examples.Domain(), ApiJson.Default.DomainResource, 201);

        (await Neeto.RunAsync(edge, "domains:add", "shop.example.com", "-a", "shop")).Shows(
            "shop.example.com leads to shop once its DNS record points to shop.localhost."
        );

        Assert.Equal("""{"hostname":"shop.example.com","sni_endpoint":null}""", edge.Single("POST /apps/shop/domains").Text);
    }

    [Fact]
    public async Task Remove_takes_a_wildcard()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("DELETE /apps/shop/domains/%2A.example.com", Examples.Domain("*.example.com"), ApiJson.Default.DomainResource);

        (await Neeto.RunAsync(edge, "domains:remove", "*.example.com", "-a", "shop")).Shows("*.example.com no longer leads to shop.");
    }

    [Theory]
    [InlineData("POST /apps/shop/domains", "domains:add")]
    [InlineData("DELETE /apps/shop/domains/shop.example.com", "domains:remove")]
    public async Task Json_is_the_APIs_own(string asked, string command)
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On(asked, Examples.Domain(), ApiJson.Default.DomainResource);

        (await Neeto.RunAsync(edge, command, "shop.example.com", "-a", "shop", "--json")).ShowsJson(
            JsonSerializer.Serialize(Examples.Domain(), ApiJson.Default.DomainResource)
        );
    }
}
