using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Api.Tests.Host;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Api.Tests.Teams;

public sealed class TeamEndpointsTests(ApiFixture api)
{
    private readonly string team = $"t{Guid.NewGuid():N}"[..20];

    [Fact]
    public async Task A_team_is_seen_by_who_is_in_it()
    {
        var owner = await api.NewAccountAsync();
        Assert.Equal(201, (await owner.PostAsync("/teams", $$"""{"name":"{{team}}"}""")).Status);

        Assert.Equal([(team, "owner")], Rows(await owner.GetAsync("/teams"), "name", "role"));
        Assert.Equal([(owner.Email, "owner")], Rows(await owner.GetAsync($"/teams/{team}/members"), "email", "role"));
        Assert.Equal("team-invite-acceptance", (string?)(await owner.GetAsync($"/teams/{team}/features")).Json[0]!["name"]);
        Assert.Equal(422, (await owner.PostAsync("/teams", $$"""{"name":"{{team}}"}""")).Status);
        Assert.Equal(422, (await owner.PostAsync("/teams", """{"name":"Not a name"}""")).Status);

        var stranger = await api.NewAccountAsync();
        Assert.Empty((await stranger.GetAsync("/teams")).Json.AsArray());
        foreach (var path in (string[])["", "/invitations", "/apps", "/features"])
            Assert.Equal(
                (404, "team"),
                (await stranger.GetAsync($"/teams/{team}{path}")) is var no ? (no.Status, (string?)no.Json["resource"]) : default
            );
        Assert.Equal(404, (await stranger.PutAsync($"/teams/{team}/invitations", """{"email":"a@example.com","role":"owner"}""")).Status);
        Assert.Equal(404, (await stranger.PostAsync("/teams/apps", $$"""{"team":"{{team}}"}""")).Status);
    }

    [Fact]
    public async Task Who_a_teams_app_is_shared_with_sees_whose_it_is_and_not_who_is_in_the_team()
    {
        var owner = await api.NewAccountAsync();
        var outsider = await api.NewAccountAsync();
        await owner.PostAsync("/teams", $$"""{"name":"{{team}}"}""");
        var name = $"a{Guid.NewGuid():N}"[..20];
        await owner.PostAsync("/teams/apps", $$"""{"name":"{{name}}","team":"{{team}}"}""");
        Assert.Equal(201, (await owner.PostAsync($"/apps/{name}/collaborators", $$"""{"user":"{{outsider.Email}}"}""")).Status);

        Assert.Equal(team, (string?)(await outsider.GetAsync($"/apps/{name}")).Json["team"]!["name"]);
        Assert.Equal(200, (await outsider.GetAsync($"/apps/{name}/collaborators")).Status);
        // What 'heroku access' takes as no reason to fail; and it tells nobody which teams there are.
        foreach (var asked in (string[])[team, "no-such-team", "Not a name"])
            Assert.Equal(
                (403, $"You are in no team '{asked}'."),
                (await outsider.GetAsync($"/teams/{Uri.EscapeDataString(asked)}/members")) is var no
                    ? (no.Status, (string?)no.Json["message"])
                    : default
            );
    }

    [Fact]
    public async Task Who_is_invited_joins_by_the_link_gets_another_role_and_goes()
    {
        var owner = await api.NewAccountAsync();
        var friend = await api.NewAccountAsync();
        await owner.PostAsync("/teams", $$"""{"name":"{{team}}"}""");

        var invited = await owner.PutAsync($"/teams/{team}/invitations", $$"""{"email":"{{friend.Email}}","role":"collaborator"}""");
        Assert.Equal(200, invited.Status);
        Assert.Single((await owner.GetAsync($"/teams/{team}/invitations")).Json.AsArray());
        var link = invited.Headers["X-Heroku-Warning"];
        Assert.Contains($"{api.PublicUrl}/dashboard/join/{team}/", link, StringComparison.Ordinal);
        await JoinAsync(friend.Email, link[(link.LastIndexOf('/') + 1)..]);

        Assert.Equal([(team, "collaborator")], Rows(await friend.GetAsync("/teams"), "name", "role"));
        Assert.Empty((await owner.GetAsync($"/teams/{team}/invitations")).Json.AsArray());
        Assert.Equal(404, (await friend.PatchAsync($"/teams/{team}/members", $$"""{"email":"{{friend.Email}}","role":"admin"}""")).Status);
        Assert.Equal(
            "member",
            (string?)(await owner.PatchAsync($"/teams/{team}/members", $$"""{"email":"{{friend.Email}}","role":"member"}""")).Json["role"]
        );
        Assert.Equal(409, (await owner.DeleteAsync($"/teams/{team}/members/{owner.Email}")).Status);
        Assert.Equal(200, (await friend.DeleteAsync($"/teams/{team}/members/{friend.Email}")).Status);
        Assert.Equal(404, (await friend.GetAsync($"/teams/{team}")).Status);
    }

    [Fact]
    public async Task An_invitation_is_revoked_by_its_address()
    {
        var owner = await api.NewAccountAsync();
        await owner.PostAsync("/teams", $$"""{"name":"{{team}}"}""");
        await owner.PutAsync($"/teams/{team}/invitations", """{"email":"a@example.com","role":"member"}""");

        Assert.Equal(200, (await owner.DeleteAsync($"/teams/{team}/invitations/a@example.com")).Status);
        Assert.Equal(404, (await owner.DeleteAsync($"/teams/{team}/invitations/a@example.com")).Status);
        Assert.Equal(422, (await owner.PutAsync($"/teams/{team}/invitations", """{"email":"a@example.com","role":"king"}""")).Status);
        Assert.Equal(200, (await owner.DeleteAsync($"/teams/{team}")).Status);
        Assert.Equal(404, (await owner.GetAsync($"/teams/{team}")).Status);
    }

    [Fact]
    public async Task A_teams_app_is_created_listed_and_given_away()
    {
        var owner = await api.NewAccountAsync();
        await owner.PostAsync("/teams", $$"""{"name":"{{team}}"}""");
        var name = $"a{Guid.NewGuid():N}"[..20];

        var created = await owner.PostAsync("/teams/apps", $$"""{"name":"{{name}}","team":"{{team}}"}""");

        Assert.Equal(201, created.Status);
        Assert.Equal(
            ($"{team}@herokumanager.com", team),
            ((string)created.Json["owner"]!["email"]!, (string)created.Json["team"]!["name"]!)
        );
        Assert.Equal(name, (string?)Assert.Single((await owner.GetAsync($"/teams/{team}/apps")).Json.AsArray())!["name"]);
        Assert.Equal(team, (string?)(await owner.GetAsync($"/apps/{name}")).Json["team"]!["name"]);
        Assert.Equal(name, (string?)(await owner.GetAsync($"/teams/apps/{name}")).Json["name"]);
        Assert.Contains((await owner.GetAsync("/apps")).Json.AsArray(), app => (string?)app!["name"] == name);

        Assert.Equal(200, (await owner.PatchAsync($"/teams/apps/{name}", $$"""{"owner":"{{owner.Email}}"}""")).Status);
        Assert.Null((await owner.GetAsync($"/apps/{name}")).Json["team"]);
        Assert.Equal(200, (await owner.PatchAsync($"/teams/apps/{name}", $$"""{"owner":"{{team}}"}""")).Status);
        Assert.Equal(409, (await owner.DeleteAsync($"/teams/{team}")).Status);
        Assert.Equal(200, (await owner.PatchAsync($"/teams/apps/{name}", $$"""{"owner":"{{owner.Email}}"}""")).Status);
        Assert.Empty((await owner.GetAsync($"/teams/{team}/apps")).Json.AsArray());
        Assert.Equal(team, (string?)(await owner.PatchAsync($"/teams/apps/{name}", $$"""{"owner":"{{team}}"}""")).Json["team"]!["name"]);
        var stranger = await api.NewAccountAsync();
        Assert.Equal(
            (404, "app"),
            (await stranger.PatchAsync($"/teams/apps/{name}", $$"""{"owner":"{{stranger.Email}}"}""")) is var no
                ? (no.Status, (string?)no.Json["resource"])
                : default
        );
    }

    [Fact]
    public async Task A_viewer_of_a_team_sees_its_apps_and_neither_deploys_nor_configures_them()
    {
        var owner = await api.NewAccountAsync();
        var viewer = await api.NewAccountAsync();
        await owner.PostAsync("/teams", $$"""{"name":"{{team}}"}""");
        var invited = await owner.PutAsync($"/teams/{team}/invitations", $$"""{"email":"{{viewer.Email}}","role":"collaborator"}""");
        var link = invited.Headers["X-Heroku-Warning"];
        await JoinAsync(viewer.Email, link[(link.LastIndexOf('/') + 1)..]);
        var name = $"a{Guid.NewGuid():N}"[..20];
        await owner.PostAsync("/teams/apps", $$"""{"name":"{{name}}","team":"{{team}}"}""");

        Assert.Equal(200, (await viewer.GetAsync($"/apps/{name}")).Status);
        ApiAnswer[] refused =
        [
            await viewer.GetAsync($"/apps/{name}/config-vars"),
            await viewer.PatchAsync($"/apps/{name}/config-vars", """{"A":"b"}"""),
            await viewer.PostAsync($"/apps/{name}/builds", """{"source_blob":{"url":"https://code.example/a.tar.gz"}}"""),
            await viewer.PatchAsync($"/apps/{name}/formation", """{"updates":[{"type":"web","quantity":2}]}"""),
            await viewer.PostAsync($"/apps/{name}/dynos", """{"command":"sh"}"""),
            await viewer.PatchAsync($"/apps/{name}", """{"name":"mine"}"""),
            await viewer.PatchAsync($"/teams/apps/{name}", $$"""{"owner":"{{viewer.Email}}"}"""),
            await viewer.DeleteAsync($"/apps/{name}"),
            await viewer.PatchAsync($"/teams/{team}/members", $$"""{"email":"{{viewer.Email}}","role":"owner"}"""),
        ];
        Assert.All(refused, answer => Assert.Equal(404, answer.Status));
        Assert.Empty((await owner.GetAsync($"/apps/{name}/config-vars")).Json.AsObject());
        Assert.Equal(422, (await owner.PatchAsync($"/teams/{team}/members", $$"""{"email":"{{viewer.Email}}","role":"4"}""")).Status);
    }

    [Fact]
    public async Task Whoever_has_access_to_a_teams_app_is_listed_once_with_their_role()
    {
        var (owner, admin, viewer, friend) = (
            await api.NewAccountAsync(),
            await api.NewAccountAsync(),
            await api.NewAccountAsync(),
            await api.NewAccountAsync()
        );
        await owner.PostAsync("/teams", $$"""{"name":"{{team}}"}""");
        var name = $"a{Guid.NewGuid():N}"[..20];
        await owner.PostAsync("/teams/apps", $$"""{"name":"{{name}}","team":"{{team}}"}""");
        foreach (var shared in (string[])[friend.Email, admin.Email])
            Assert.Equal(201, (await owner.PostAsync($"/apps/{name}/collaborators", $$"""{"user":"{{shared}}"}""")).Status);
        foreach (var (joining, role) in ((string, string)[])[(admin.Email, "admin"), (viewer.Email, "collaborator")])
        {
            var invited = await owner.PutAsync($"/teams/{team}/invitations", $$"""{"email":"{{joining}}","role":"{{role}}"}""");
            var link = invited.Headers["X-Heroku-Warning"];
            await JoinAsync(joining, link[(link.LastIndexOf('/') + 1)..]);
        }

        foreach (var reader in (ApiClient[])[owner, viewer, friend])
        {
            var rows = (await reader.GetAsync($"/apps/{name}/collaborators")).Json.AsArray();
            Assert.Equal(
                new[]
                {
                    (owner.Email, "owner", 4),
                    (admin.Email, "admin", 4),
                    (viewer.Email, "collaborator", 1),
                    (friend.Email, "collaborator", 3),
                }.Order(),
                rows.Select(row => ((string)row!["user"]!["email"]!, (string)row["role"]!, row["permissions"]!.AsArray().Count)).Order()
            );
        }
        Assert.Equal(4, (await owner.GetAsync("/teams/permissions")).Json.AsArray().Count);
    }

    private async Task JoinAsync(string email, string secret)
    {
        var grains = api.Services.GetRequiredService<IGrainFactory>();
        CallContext.Act(Actor.Platform);
        var account = (await grains.Account(email).GetAsync())!;
        CallContext.Act(new Actor(account.Id, account.Email, IsAdmin: false));
        Assert.True((await grains.Team(TeamName.Parse(team)).JoinAsync(secret)).IsOk);
    }

    private static IEnumerable<(string, string)> Rows(ApiAnswer answer, string first, string second) =>
        answer.Json.AsArray().Select(row => ((string)row![first]!, (string)row[second]!));
}
