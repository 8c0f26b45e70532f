using System.Collections.Immutable;
using NeetoDeploy.Api.Apps;
using NeetoDeploy.Api.Contracts.Formations;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Ranges;
using NeetoDeploy.Api.Slugs;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Builds;
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
        await ReleaseImagesAsync(request, updates.Select(update => (update.Type!, update.DockerImage)));
        var result = await request.Grains.Formation(request.App.Id).ScaleAsync([.. changes.Where(IsAnything)]);
        return Answer.Ok(result, processes => processes.Select(process => ToResource(process, request)).ToArray());
    }

    private static async Task<IResult> ScaleOneAsync(ApiRequest request)
    {
        var update = await request.ReadAsync<FormationUpdate>();
        var formation = request.Grains.Formation(request.App.Id);
        await ReleaseImagesAsync(request, [(request.Segment("process"), update.DockerImage)]);
        var type = Find(await formation.GetAsync(), request.Segment("process")).Type.ToString();
        return Answer.Ok(await formation.ScaleAsync([ToChange(update, type)]), processes => ToResource(Find(processes, type), request));
    }

    /// <summary>Makes one release of the images that are given, and waits until it is there: clients ask for it next.</summary>
    private static async Task ReleaseImagesAsync(ApiRequest request, IEnumerable<(string Type, string? Image)> updates)
    {
        var images = updates
            .Where(update => update.Image is not null)
            .Select(update => KeyValuePair.Create(update.Type, update.Image!))
            .ToList();
        if (images.Count == 0)
            return;
        var source = new SourceRef(ImageSource.Write(images), null, null);
        var command = new StartBuild(new BuildId(Guid.CreateVersion7()), source, []);
        var started = await request.Grains.App(request.App.Id).StartBuildAsync(command);
        if (!started.IsOk)
            throw ApiRefusal.Invalid(started.Error.Message);
        var ended = await new BuildEnd(request.Grains, request.App.Id, command.Id).WaitAsync(request.Cancel);
        if (ended?.Status != BuildStatus.Succeeded)
            throw ApiRefusal.Invalid($"The images could not be released: {ended?.Failure?.Message ?? "the build was cancelled"}.");
    }

    private static bool IsAnything(ScaleChange change) => change.Quantity is not null || change.Size is not null;

    private static ScaleChange ToChange(FormationUpdate? update, string? type) =>
        update is null || type is null
            ? throw ApiRefusal.Invalid("Each update must name its process type.")
            : new ScaleChange(type, update.Quantity, update.Size ?? update.DynoSize?.Name);

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
