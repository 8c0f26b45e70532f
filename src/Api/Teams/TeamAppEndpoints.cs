using NeetoDeploy.Api.Apps;
using NeetoDeploy.Api.Contracts.Apps;
using NeetoDeploy.Api.Contracts.Teams;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Ranges;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Api.Teams;

/// <summary><c>/teams/apps</c>: the apps that teams own.</summary>
internal static class TeamAppEndpoints
{
    private static readonly ListShape<AppView> Shape = new(
        new ListField<AppView>("name", app => app.Name.ToString()),
        new ListField<AppView>("id", app => app.Id.ToString())
    );

    public static void MapTeamApps(this ApiRoutes api)
    {
        api.Post("/teams/apps", CreateAsync);
        api.Get("/teams/apps/{app}", request => Task.FromResult(Answer.Ok(request.App.ToTeamResource(request.Options))));
        api.Patch("/teams/apps/{app}", GiveAsync);
        api.Get("/teams/{team}/apps", ListAsync);
        api.Get("/teams/permissions", _ => Task.FromResult(Answer.Ok(CollaboratorEndpoints.OwnerPermissions)));
    }

    private static async Task<IResult> CreateAsync(ApiRequest request)
    {
        var body = await request.ReadAsync<CreateTeamAppRequest>();
        AppEndpoints.CheckRegion(request, body.Region);
        TeamName? team =
            body.Team is null ? null
            : TeamName.TryParse(body.Team, null, out var name) ? name
            : throw ApiRefusal.NotFound("team");
        var app = request.Grains.App(new AppId(Guid.NewGuid()));
        return Answer.Created(
            await app.CreateAsync(new CreateApp(body.Name, body.Stack) { Team = team }),
            created => created.ToTeamResource(request.Options)
        );
    }

    private static async Task<IResult> GiveAsync(ApiRequest request)
    {
        var owner =
            (await request.ReadAsync<GiveAppRequest>()).Owner ?? throw ApiRefusal.Invalid("owner must be a team or an e-mail address.");
        var app = request.Grains.App(request.App.Id);
        var given =
            owner.Contains('@', StringComparison.Ordinal) ? await app.GiveToAccountAsync(owner)
            : TeamName.TryParse(owner, null, out var team) ? await app.GiveToTeamAsync(team)
            : throw ApiRefusal.NotFound("team");
        return Answer.Ok(given, view => view.ToTeamResource(request.Options));
    }

    private static async Task<IResult> ListAsync(ApiRequest request)
    {
        var team = await TeamEndpoints.RequireAsync(request);
        var ids = await TeamEndpoints.Grain(request, team).ListAppsAsync();
        var apps = await Task.WhenAll(ids.Select(id => AppListEndpoints.FindAsync(request, id)));
        return Shape.Answer(
            request,
            apps.Where(app => app?.Team?.Id == team.Id).Select(app => app!),
            app => app.ToTeamResource(request.Options)
        );
    }
}
