using System.Collections.Immutable;
using NeetoDeploy.Api.Apps;
using NeetoDeploy.Api.Contracts.Formations;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Ranges;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Formations;

namespace NeetoDeploy.Api.Formations;

/// <summary><c>/apps/{app}/formation</c>.</summary>
internal static class FormationEndpoints
{
    private static readonly ListShape<ProcessView> Shape = new(
        new ListField<ProcessView>("type", process => process.Type.ToString()),
        new ListField<ProcessView>("id", process => process.Id.ToString())
    );

    public static void MapFormations(this ApiRoutes api)
    {
        api.Get("/apps/{app}/formation", ListAsync);
        api.Patch("/apps/{app}/formation", ScaleAsync);
        api.Get("/apps/{app}/formation/{process}", GetAsync);
        api.Patch("/apps/{app}/formation/{process}", ScaleOneAsync);
    }

    private static async Task<IResult> ListAsync(ApiRequest request) =>
        Shape.Answer(request, await request.Grains.Formation(request.App.Id).GetAsync(), process => ToResource(process, request));

    private static async Task<IResult> GetAsync(ApiRequest request)
    {
        var processes = await request.Grains.Formation(request.App.Id).GetAsync();
        return Answer.Ok(ToResource(Find(processes, request.Segment("process")), request));
    }

    private static async Task<IResult> ScaleAsync(ApiRequest request)
    {
        var updates = (await request.ReadAsync<ScaleRequest>()).Updates ?? throw ApiRefusal.Invalid("updates must be a list.");
        var changes = updates.Select(update => ToChange(update, update?.Type)).ToImmutableArray();
        var result = await request.Grains.Formation(request.App.Id).ScaleAsync(changes);
        return Answer.Ok(result, processes => processes.Select(process => ToResource(process, request)).ToArray());
    }

    private static async Task<IResult> ScaleOneAsync(ApiRequest request)
    {
        var update = await request.ReadAsync<FormationUpdate>();
        var formation = request.Grains.Formation(request.App.Id);
        var type = Find(await formation.GetAsync(), request.Segment("process")).Type.ToString();
        return Answer.Ok(await formation.ScaleAsync([ToChange(update, type)]), processes => ToResource(Find(processes, type), request));
    }

    private static ScaleChange ToChange(FormationUpdate? update, string? type)
    {
        if (update is null || type is null)
            throw ApiRefusal.Invalid("Each update must name its process type.");
        if (update.DockerImage is not null)
            throw ApiRefusal.Invalid("Docker images cannot be released here; push code, or post a build.");
        return new ScaleChange(type, update.Quantity, update.Size ?? update.DynoSize?.Name);
    }

    private static ProcessView Find(ImmutableArray<ProcessView> processes, string key) =>
        processes.FirstOrDefault(process => process.Type.ToString() == key || process.Id.ToString() == key)
        ?? throw ApiRefusal.NotFound("formation");

    private static FormationResource ToResource(ProcessView process, ApiRequest request) =>
        new(
            request.App.ToRef(),
            process.Command,
            process.CreatedAt,
            new NamedRef(StableIds.Of("size", process.Size.Name), process.Size.Name),
            process.Id,
            process.Quantity,
            process.Size.Name,
            process.Type.ToString(),
            process.UpdatedAt
        );
}
