using NeetoDeploy.Api.Accounts;
using NeetoDeploy.Api.Contracts.Apps;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Ranges;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Api.Apps;

/// <summary>Lists of apps.</summary>
internal static class AppListEndpoints
{
    private static readonly ListShape<AppView> Shape = new(
        new ListField<AppView>("id", app => app.Id.ToString()),
        new ListField<AppView>("name", app => app.Name.ToString())
    );

    public static void MapAppLists(this ApiRoutes api)
    {
        api.Get("/apps", request => ListAsync(request, request.Actor.IsAdmin ? null : request.Actor.Id));
        api.Get(
            "/users/{user}/apps",
            async request => await ListAsync(request, (await AccountEndpoints.RequireAsync(request, request.Segment("user"))).Id)
        );
        api.Post("/filters/apps", FilterAsync);
    }

    private static async Task<IResult> ListAsync(ApiRequest request, AccountId? account)
    {
        var range = Shape.Read(request);
        var page = await request.Grains.AppList().ListAsync(account, range);
        return Shape.Answer(request, range, page, app => app.ToResource(request.Options));
    }

    /// <summary>Apps by id. Those that do not exist for the caller are left out.</summary>
    private static async Task<IResult> FilterAsync(ApiRequest request)
    {
        var ids = (await request.ReadAsync<FilterAppsRequest>()).In?.Id ?? [];
        if (ids.Length > RangeHeader.LargestMax)
            throw ApiRefusal.Invalid($"At most {RangeHeader.LargestMax} ids at a time.");
        var apps = await Task.WhenAll(ids.Distinct().Select(id => FindAsync(request, new AppId(id))));
        return Shape.Answer(request, apps.OfType<AppView>(), app => app.ToResource(request.Options));
    }

    /// <summary>The app; null when there is none for the caller.</summary>
    public static async Task<AppView?> FindAsync(ApiRequest request, AppId id)
    {
        try
        {
            return await request.Grains.App(id).GetAsync();
        }
        catch (AccessDeniedException)
        {
            return null;
        }
    }
}
