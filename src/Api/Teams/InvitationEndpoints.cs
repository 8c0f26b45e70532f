using NeetoDeploy.Api.Contracts.Teams;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Ranges;
using NeetoDeploy.Grains.Interfaces.Teams;

namespace NeetoDeploy.Api.Teams;

/// <summary><c>/teams/{team}/invitations</c>. There is no mail: who invites gets the link as a warning, and passes it on.</summary>
internal static class InvitationEndpoints
{
    private static readonly ListShape<InvitationView> Shape = new(
        new ListField<InvitationView>("id", invitation => invitation.Id.ToString())
    );

    public static void MapInvitations(this ApiRoutes api)
    {
        api.Get("/teams/{team}/invitations", ListAsync);
        api.Put("/teams/{team}/invitations", InviteAsync);
        api.Delete("/teams/{team}/invitations/{invitation}", RevokeAsync);
    }

    private static async Task<IResult> ListAsync(ApiRequest request)
    {
        var team = await TeamEndpoints.RequireAsync(request);
        return Shape.Answer(request, await TeamEndpoints.Grain(request, team).ListInvitationsAsync(), one => one.ToResource(team));
    }

    private static async Task<IResult> InviteAsync(ApiRequest request)
    {
        var team = await TeamEndpoints.RequireAsync(request);
        var body = await request.ReadAsync<SetTeamRoleRequest>();
        var email = (body.Email ?? "").Trim().ToLowerInvariant();
        var made = await TeamEndpoints.Grain(request, team).InviteAsync(email, TeamMapping.RoleOf(body.Role));
        if (made.IsOk && request.Options.JoinPage is { } page)
            request.Warn($"{email} joins, within seven days, by {request.Options.PublicUrl}{page}/{team.Name}/{made.Value.Secret}");
        return Answer.Ok(made, one => one.ToResource(team));
    }

    private static async Task<IResult> RevokeAsync(ApiRequest request)
    {
        var team = await TeamEndpoints.RequireAsync(request);
        var key = request.Segment("invitation");
        var grain = TeamEndpoints.Grain(request, team);
        var found = (await grain.ListInvitationsAsync()).FirstOrDefault(one =>
            one.Id.ToString() == key || string.Equals(one.Email, key, StringComparison.OrdinalIgnoreCase)
        );
        return Answer.Ok(
            await grain.RevokeInvitationAsync((found ?? throw ApiRefusal.NotFound("invitation")).Id),
            one => one.ToResource(team)
        );
    }
}
