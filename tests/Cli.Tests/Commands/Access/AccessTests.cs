using System.Text.Json;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Access;

public sealed class AccessTests
{
    [Fact]
    public async Task Access_lists_people_and_roles()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On(
            "GET /apps/shop/collaborators",
            [Examples.Collaborator("ann@example.com", "owner"), Examples.Collaborator()],
            ApiJson.Default.CollaboratorResourceArray
        );

        (await Neeto.RunAsync(edge, "access", "-a", "shop")).Shows(
            """
            EMAIL            ROLE
            ann@example.com  owner
            ben@example.com  collaborator
            """
        );
    }

    [Theory]
    [InlineData("access:add", "POST /apps/shop/collaborators", "ben@example.com may now work on shop.")]
    [InlineData("access:remove", "DELETE /apps/shop/collaborators/ben%40example.com", "ben@example.com no longer works on shop.")]
    public async Task People_come_and_go(string command, string asked, string said)
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On(asked, Examples.Collaborator(), ApiJson.Default.CollaboratorResource);

        (await Neeto.RunAsync(edge, command, "ben@example.com", "-a", "shop")).Shows(said);
        (await Neeto.RunAsync(edge, command, "ben@example.com", "-a", "shop", "--json")).ShowsJson(
            JsonSerializer.Serialize(Examples.Collaborator(), ApiJson.Default.CollaboratorResource)
        );
    }
}
