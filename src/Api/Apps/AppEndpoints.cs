using NeetoDeploy.Api.Contracts.Apps;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Api.Apps;

/// <summary><c>/apps</c>: create, look at, change and destroy one.</summary>
internal static class AppEndpoints
{
    public static void MapApps(this ApiRoutes api)
    {
        api.Post("/apps", CreateAsync);
        api.Get("/apps/{app}", request => Task.FromResult(Answer.Ok(request.App.ToResource(request.Options))));
        api.Patch("/apps/{app}", UpdateAsync);
        api.Delete("/apps/{app}", DestroyAsync);
    }

    private static async Task<IResult> CreateAsync(ApiRequest request)
    {
        var body = await request.ReadAsync<CreateAppRequest>();
        CheckRegion(request, body.Region);
        var app = request.Grains.App(new AppId(Guid.NewGuid()));
        return Answer.Created(await app.CreateAsync(new CreateApp(body.Name, body.Stack)), created => created.ToResource(request.Options));
    }

    private static async Task<IResult> UpdateAsync(ApiRequest request)
    {
        var body = await request.ReadAsync<UpdateAppRequest>();
        var app = request.Grains.App(request.App.Id);
        Result<AppView> result = request.App;
        if (body.Name is not null)
            result = AppName.TryParse(body.Name, null, out var name) ? await app.RenameAsync(name) : InvalidName(body.Name);
        if (result.IsOk && body.Maintenance is { } on)
            result = await app.SetMaintenanceAsync(on);
        if (result.IsOk && body.BuildStack is { } stack)
            result = await app.SetStackAsync(stack);
        return Answer.Ok(result, changed => changed.ToResource(request.Options));
    }

    private static async Task<IResult> DestroyAsync(ApiRequest request) =>
        Answer.Ok(await request.Grains.App(request.App.Id).DestroyAsync(), app => app.ToResource(request.Options));

    /// <summary>Heroku's own regions stand in what people bring along; they are told where the app really is.</summary>
    public static void CheckRegion(ApiRequest request, string? region)
    {
        var here = request.Options.Region;
        if (region is "us" or "eu")
            request.Warn($"This installation has one region, {here}; the app is there.");
        else if (region is not null && region != here)
            throw ApiRefusal.Invalid($"There is no region {region}; this installation has one, {here}.");
    }

    private static Error InvalidName(string name) =>
        new(
            ErrorCodes.AppInvalidName,
            $"'{name}' is not an app name: 3 to 30 lower-case letters, digits and hyphens, beginning with a letter and not ending in a hyphen."
        );
}
