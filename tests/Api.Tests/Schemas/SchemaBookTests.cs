using System.Text.Json.Nodes;
using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.Schemas;

/// <summary>The judge itself must be able to say no.</summary>
public sealed class SchemaBookTests(ApiFixture api)
{
    private static readonly Guid Id = Guid.Parse("01234567-89ab-4def-8123-456789abcdef");

    [Fact]
    public void The_book_knows_every_link() => Assert.Equal(305, api.Book.Links.Count);

    [Fact]
    public void A_good_answer_passes() => Assert.Empty(Judge(_ => { }));

    [Theory]
    [InlineData("name")]
    [InlineData("default")]
    [InlineData("updated_at")]
    public void A_missing_property_is_seen(string property) => Assert.NotEmpty(Judge(stack => stack.Remove(property)));

    [Theory]
    [InlineData("extra", "\"x\"")]
    [InlineData("default", "\"yes\"")]
    [InlineData("name", "null")]
    [InlineData("id", "\"no-uuid\"")]
    [InlineData("created_at", "\"yesterday\"")]
    public void A_wrong_property_is_seen(string property, string json) =>
        Assert.NotEmpty(Judge(stack => stack[property] = JsonNode.Parse(json)));

    [Fact]
    public void The_rows_of_a_list_are_judged_too() => Assert.NotEmpty(api.Book.Judge("GET", "/stacks", "[{}]")!);

    [Fact]
    public void A_route_that_is_not_in_the_book_is_not_judged() => Assert.Null(api.Book.Judge("GET", "/nothing", "{}"));

    private IReadOnlyList<string> Judge(Action<JsonObject> spoil)
    {
        var stack = new JsonObject
        {
            ["default"] = true,
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["id"] = Id.ToString(),
            ["name"] = "neeto-12",
            ["state"] = "public",
            ["updated_at"] = "2026-01-01T00:00:00Z",
        };
        spoil(stack);
        return api.Book.Judge("GET", "/stacks/neeto-12", stack.ToJsonString())!;
    }
}
