using NeetoDeploy.Api.Contracts.Slugs;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Sources;
using NeetoDeploy.Api.Streams;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Api.Slugs;

/// <summary>
/// <c>/apps/{app}/slugs</c>. Creating one answers a URL, and a PUT there fills it once. The PUT is answered when the image is there, or with the reason why
/// there will be none, so that whoever releases the slug next need not wait.
/// </summary>
internal static class SlugEndpoints
{
    private const string What = "slug";

    public static void MapSlugs(this ApiRoutes api)
    {
        api.Post("/apps/{app}/slugs", CreateAsync);
        api.Get("/apps/{app}/slugs/{slug}", GetAsync);
    }

    public static void MapSlugUploads(this IEndpointRouteBuilder routes) => routes.MapPut(StreamUrls.SlugRoute, UploadAsync);

    private static async Task<IResult> CreateAsync(ApiRequest request)
    {
        var body = await request.ReadAsync<CreateSlugRequest>();
        var id = new BuildId(Guid.CreateVersion7());
        var source = new SourceRef(new Uri(request.Urls.SourceFile(id.Value)).AbsoluteUri, body.Commit, body.Checksum);
        var stack = request.Options.Stacks.FirstOrDefault(name => StableIds.Of("stack", name).ToString() == body.Stack) ?? body.Stack;
        var created = await request.Grains.App(request.App.Id).CreateSlugAsync(new CreateSlug(body.ToSpec(id), source, stack));
        return Answer.Created(created, slug => slug.ToSlug(request));
    }

    private static async Task<IResult> GetAsync(ApiRequest request)
    {
        if (!BuildId.TryParse(request.Segment("slug"), null, out var id))
            throw ApiRefusal.NotFound(What);
        if (await request.Grains.Releases(request.App.Id).GetSlugAsync(id.Value) is { } slug)
            return Answer.Ok(slug.ToResource(request));
        return await request.Grains.Build(request.App.Id, id).GetAsync() is { Slug.CopyOf: null } waiting
            ? Answer.Ok(waiting.ToSlug(request))
            : throw ApiRefusal.NotFound(What);
    }

    private static async Task<IResult> UploadAsync(
        string app,
        string slug,
        string signature,
        HttpContext http,
        IGrainFactory grains,
        StreamUrls urls
    )
    {
        if (!AppId.TryParse(app, null, out var owner) || !BuildId.TryParse(slug, null, out var id) || !urls.IsSlugUrl(owner, id, signature))
            return Upload.Unknown(What);
        CallContext.Act(Actor.Platform);
        var build = grains.Build(owner, id);
        if (await build.GetAsync() is not { } waiting)
            return Upload.Unknown(What);
        if (waiting.Status == BuildStatus.Cancelled)
            return Refused("it was given up. Create another one");
        if (await Upload.TakeAsync(http, urls.SourceFile(id.Value), What) is { } refused)
            return refused;
        await build.RunAsync();
        var made = await new BuildEnd(grains, owner, id).WaitAsync(http.RequestAborted);
        return made?.Status == BuildStatus.Succeeded ? Results.Ok() : Refused(made?.Failure?.Message ?? "it was given up");
    }

    private static IResult Refused(string why) =>
        Answer.Refused(new Error(ErrorCodes.SlugNotReady, $"No image can be made of this slug: {why.TrimEnd('.')}."));
}
