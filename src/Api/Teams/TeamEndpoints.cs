using NeetoDeploy.Api.Contracts.Features;
using NeetoDeploy.Api.Contracts.Teams;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Ranges;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Teams;

namespace NeetoDeploy.Api.Teams;

/// <summary><c>/teams</c>: the caller's teams, and who is in them.</summary>
internal static class TeamEndpoints
{
    private static readonly ListShape<TeamResource> Shape = new(
        new ListField<TeamResource>("name", team => team.Name),
        new ListField<TeamResource>("id", team => team.Id.ToString())
    );

    private static readonly ListShape<TeamMemberView> Members = new(
        new ListField<TeamMemberView>("email", member => member.Account.Email),
        new ListField<TeamMemberView>("id", member => member.Account.Id.ToString())
    );

    public static void MapTeams(this ApiRoutes api)
    {
        api.Get("/teams", ListAsync);
        api.Post("/teams", CreateAsync);
        api.Get("/teams/{team}", async request => Answer.Ok(await ToResourceAsync(request, await RequireAsync(request))));
        api.Delete("/teams/{team}", DestroyAsync);
        api.Get("/teams/{team}/features", FeaturesAsync);
        api.Get("/teams/{team}/members", ListMembersAsync);
        api.Put("/teams/{team}/members", SetRoleAsync);
        api.Post("/teams/{team}/members", SetRoleAsync);
        api.Patch("/teams/{team}/members", SetRoleAsync);
        api.Delete("/teams/{team}/members/{member}", RemoveMemberAsync);
    }

    /// <summary>The team in the path. It exists, and the caller may see it.</summary>
    public static async Task<TeamView> RequireAsync(ApiRequest request) =>
        await TryFindAsync(request, request.Segment("team")) ?? throw ApiRefusal.NotFound("team");

    public static ITeamGrain Grain(ApiRequest request, TeamView team) => request.Grains.Team(team.Name);

    private static async Task<TeamView?> TryFindAsync(ApiRequest request, string text)
    {
        try
        {
            return TeamName.TryParse(text, null, out var name) ? await request.Grains.Team(name).GetAsync() : null;
        }
        catch (AccessDeniedException)
        {
            return null;
        }
    }

    private static async Task<IResult> ListAsync(ApiRequest request)
    {
        var names = await request.Account.ListTeamsAsync();
        var teams = await Task.WhenAll(names.Select(name => TryFindAsync(request, name.ToString())));
        var rows = await Task.WhenAll(teams.OfType<TeamView>().Select(team => ToResourceAsync(request, team)));
        return Shape.Answer(request, rows, row => row);
    }

    private static async Task<IResult> CreateAsync(ApiRequest request)
    {
        var wanted = (await request.ReadAsync<CreateTeamRequest>()).Name;
        var created = TeamName.TryParse(wanted, null, out var name) ? await request.Grains.Team(name).CreateAsync() : InvalidName(wanted);
        return Answer.Created(created, team => team.ToResource(TeamRole.Owner));
    }

    private static async Task<IResult> DestroyAsync(ApiRequest request)
    {
        var team = await RequireAsync(request);
        return Answer.Ok(await Grain(request, team).DestroyAsync(), _ => team.ToResource(TeamRole.Owner));
    }

    private static async Task<TeamResource> ToResourceAsync(ApiRequest request, TeamView team) =>
        team.ToResource(await Grain(request, team).GetOwnRoleAsync());

    /// <summary>Tells the CLI that who comes into a team is invited.</summary>
    private static async Task<IResult> FeaturesAsync(ApiRequest request)
    {
        const string name = "team-invite-acceptance";
        var team = await RequireAsync(request);
        var feature = new FeatureResource(
            team.CreatedAt,
            "Who is invited joins by a link",
            "",
            Enabled: true,
            StableIds.Of("feature", name),
            name,
            "general",
            team.CreatedAt,
            name,
            ""
        );
        return Answer.Ok((FeatureResource[])[feature]);
    }

    /// <summary>
    /// 403 to whoever is not in the team, and the same when there is none of that name: an app tells those with whom it is shared whose it is, and
    /// <c>heroku access</c> then goes on without the team's members.
    /// </summary>
    private static async Task<IResult> ListMembersAsync(ApiRequest request)
    {
        var name = request.Segment("team");
        var team =
            await TryFindAsync(request, name)
            ?? throw new ApiRefusal(StatusCodes.Status403Forbidden, "forbidden", $"You are in no team '{name}'.");
        return Members.Answer(request, await Grain(request, team).ListMembersAsync(), member => member.ToResource(team));
    }

    private static async Task<IResult> SetRoleAsync(ApiRequest request)
    {
        var team = await RequireAsync(request);
        var body = await request.ReadAsync<SetTeamRoleRequest>();
        var changed = await Grain(request, team).SetRoleAsync(body.Email ?? "", TeamMapping.RoleOf(body.Role));
        return Answer.Ok(changed, member => member.ToResource(team));
    }

    private static async Task<IResult> RemoveMemberAsync(ApiRequest request)
    {
        var team = await RequireAsync(request);
        return Answer.Ok(await Grain(request, team).RemoveMemberAsync(request.Segment("member")), member => member.ToResource(team));
    }

    private static Error InvalidName(string? name) =>
        new(
            ErrorCodes.TeamInvalidName,
            $"'{name}' is not a team's name: 2 to 30 lower-case letters, digits and hyphens, beginning with a letter and not ending in a hyphen."
        );
}
