using System.Collections.Immutable;
using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Ranges;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Api.Builds;

/// <summary><c>/apps/{app}/builds</c>.</summary>
internal static class BuildEndpoints
{
    private static readonly ListShape<BuildView> Shape = new(new ListField<BuildView>("id", build => build.Id.ToString()));

    public static void MapBuilds(this ApiRoutes api)
    {
        api.Get("/apps/{app}/builds", ListAsync);
        api.Post("/apps/{app}/builds", CreateAsync);
        api.Get("/apps/{app}/builds/{build}", GetAsync);
        api.Get("/apps/{app}/builds/{build}/details", GetDetailsAsync);
        api.Delete("/apps/{app}/builds/{build}", CancelAsync);
        api.Delete(
            "/apps/{app}/build-cache",
            async request => Answer.AcceptedWhen(await request.Grains.App(request.App.Id).PurgeBuildCacheAsync())
        );
    }

    private static async Task<IResult> ListAsync(ApiRequest request)
    {
        var range = Shape.Read(request);
        var page = await request.Grains.App(request.App.Id).ListBuildsAsync(range);
        return Shape.Answer(request, range, page, build => build.ToResource(request));
    }

    private static async Task<IResult> CreateAsync(ApiRequest request)
    {
        var body = await request.ReadAsync<CreateBuildRequest>();
        var url = body.SourceBlob?.Url ?? throw ApiRefusal.Invalid("source_blob.url must say where the source is.");
        if ((ImageSource.Is(url) || RebaseSource.Is(url) || GitSource.Is(url) ? url : request.Urls.LocateSource(url)) is not { } location)
            return Answer.Refused(
                new Error(
                    ErrorCodes.SourceInvalid,
                    "source_blob.url must be an http or https URL, one that POST /sources gave, a git repository such as git+https://code.example/shop.git#main, images such as image:web=registry.example/shop:7, or rebase:."
                )
            );
        var source = new SourceRef(location, body.SourceBlob.Version, body.SourceBlob.Checksum, body.SourceBlob.VersionDescription);
        var buildpacks = (body.Buildpacks ?? []).Select(ToRef).ToImmutableArray();
        var command = new StartBuild(new BuildId(Guid.CreateVersion7()), source, buildpacks);
        return Answer.Created(await request.Grains.App(request.App.Id).StartBuildAsync(command), build => build.ToResource(request));
    }

    private static async Task<IResult> GetAsync(ApiRequest request) =>
        Answer.Ok((await BuildOf(request).GetAsync() ?? throw ApiRefusal.NotFound("build")).ToResource(request));

    private static async Task<IResult> GetDetailsAsync(ApiRequest request) =>
        Answer.Ok((await BuildOf(request).GetAsync() ?? throw ApiRefusal.NotFound("build")).ToDetails(request));

    private static async Task<IResult> CancelAsync(ApiRequest request) =>
        Answer.Ok(await BuildOf(request).CancelAsync(CancelReasons.AskedFor(request.Actor)), build => build.ToResource(request));

    /// <summary>The build in the path.</summary>
    public static IBuildGrain BuildOf(ApiRequest request) =>
        BuildId.TryParse(request.Segment("build"), null, out var id)
            ? request.Grains.Build(request.App.Id, id)
            : throw ApiRefusal.NotFound("build");

    private static BuildpackRef ToRef(CreateBuildRequest.BuildpackUrl? buildpack) =>
        new(buildpack?.Url ?? buildpack?.Name ?? throw ApiRefusal.Invalid("Each buildpack must have a url."));
}
