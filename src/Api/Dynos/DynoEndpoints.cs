using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Ranges;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Dynos;

namespace NeetoDeploy.Api.Dynos;

/// <summary><c>/apps/{app}/dynos</c>: look, restart, stop.</summary>
internal static class DynoEndpoints
{
    private static readonly ListShape<DynoView> Shape = new(
        new ListField<DynoView>("name", dyno => dyno.Name.ToString()),
        new ListField<DynoView>("id", dyno => dyno.Id.ToString())
    );

    public static void MapDynos(this ApiRoutes api)
    {
        api.Get("/apps/{app}/dynos", ListAsync);
        api.Get("/apps/{app}/dynos/{dyno}", async request => Answer.Ok((await RequireAsync(request)).ToResource(request)));
        api.Delete("/apps/{app}/dynos", request => RestartAsync(request, null));
        api.Delete("/apps/{app}/dynos/{dyno}", async request => await RestartAsync(request, await SelectionAsync(request)));
        api.Delete("/apps/{app}/formations/{process}", request => RestartAsync(request, request.Segment("process")));
        api.Post("/apps/{app}/dynos/{dyno}/actions/stop", async request => await StopAsync(request, await SelectionAsync(request)));
        api.Post("/apps/{app}/formations/{process}/actions/stop", request => StopAsync(request, request.Segment("process")));
    }

    private static async Task<IResult> ListAsync(ApiRequest request) =>
        Shape.Answer(request, await request.Grains.Formation(request.App.Id).ListDynosAsync(), dyno => dyno.ToResource(request));

    private static async Task<IResult> RestartAsync(ApiRequest request, string? selection) =>
        Answer.AcceptedWhen(await request.Grains.Formation(request.App.Id).RestartAsync(selection));

    private static async Task<IResult> StopAsync(ApiRequest request, string selection) =>
        Answer.AcceptedWhen(await request.Grains.Formation(request.App.Id).StopAsync(selection));

    /// <summary>The formation knows dynos by name, also those that are not there at the moment; only ids need a look.</summary>
    private static async Task<string> SelectionAsync(ApiRequest request)
    {
        var key = request.Segment("dyno");
        return Guid.TryParseExact(key, "D", out _) ? (await RequireAsync(request)).Name.ToString() : key;
    }

    private static async Task<DynoView> RequireAsync(ApiRequest request)
    {
        var key = request.Segment("dyno");
        var dynos = await request.Grains.Formation(request.App.Id).ListDynosAsync();
        return dynos.FirstOrDefault(dyno => dyno.Name.ToString() == key || dyno.Id.ToString() == key) ?? throw ApiRefusal.NotFound("dyno");
    }
}
