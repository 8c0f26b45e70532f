using System.Globalization;
using NeetoDeploy.Api.Contracts.Releases;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Ranges;
using NeetoDeploy.Api.Slugs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Api.Releases;

/// <summary><c>/apps/{app}/releases</c>.</summary>
internal static class ReleaseEndpoints
{
    private static readonly ListShape<ReleaseView> Shape = new(
        new ListField<ReleaseView>("version", release => release.Version.Number.ToString(CultureInfo.InvariantCulture), IsNumber: true),
        new ListField<ReleaseView>("id", release => release.Id.ToString())
    );

    public static void MapReleases(this ApiRoutes api)
    {
        api.Get("/apps/{app}/releases", ListAsync);
        api.Post("/apps/{app}/releases", CreateAsync);
        api.Get("/apps/{app}/releases/{release}", GetAsync);
    }

    private static async Task<IResult> ListAsync(ApiRequest request) =>
        Shape.Answer(request, await request.Grains.Releases(request.App.Id).ListAsync(), release => release.ToResource(request));

    private static async Task<IResult> GetAsync(ApiRequest request)
    {
        var release = await request.Grains.Releases(request.App.Id).GetAsync(request.Segment("release"));
        return Answer.Ok((release ?? throw ApiRefusal.NotFound("release")).ToResource(request));
    }

    private static async Task<IResult> CreateAsync(ApiRequest request)
    {
        var body = await request.ReadAsync<CreateReleaseRequest>();
        var created = (body.Release, body.Slug) switch
        {
            ({ } earlier, null) => await request.Grains.Releases(request.App.Id).RollbackAsync(earlier),
            (null, { } slug) => Guid.TryParse(slug, out var id)
                ? await SlugReleases.ReleaseAsync(request, id, body.Description)
                : throw ApiRefusal.NotFound("slug"),
            _ => throw ApiRefusal.Invalid("Either release must name an earlier release, or slug a slug."),
        };
        return Answer.Created(created, release => release.ToResource(request));
    }
}
