using System.Globalization;
using NeetoDeploy.Api.Contracts.Releases;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Ranges;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Api.Releases;

/// <summary><c>/apps/{app}/releases</c> and what they run.</summary>
internal static class ReleaseEndpoints
{
    private static readonly ListShape<ReleaseView> Shape = new(
        new ListField<ReleaseView>("version", release => release.Version.Number.ToString(CultureInfo.InvariantCulture), IsNumber: true),
        new ListField<ReleaseView>("id", release => release.Id.ToString())
    );

    public static void MapReleases(this ApiRoutes api)
    {
        api.Get("/apps/{app}/releases", ListAsync);
        api.Post("/apps/{app}/releases", RollbackAsync);
        api.Get("/apps/{app}/releases/{release}", GetAsync);
        api.Get("/apps/{app}/slugs/{slug}", GetSlugAsync);
    }

    private static async Task<IResult> ListAsync(ApiRequest request) =>
        Shape.Answer(request, await request.Grains.Releases(request.App.Id).ListAsync(), release => release.ToResource(request));

    private static async Task<IResult> GetAsync(ApiRequest request)
    {
        var release = await request.Grains.Releases(request.App.Id).GetAsync(request.Segment("release"));
        return Answer.Ok((release ?? throw ApiRefusal.NotFound("release")).ToResource(request));
    }

    private static async Task<IResult> RollbackAsync(ApiRequest request)
    {
        var body = await request.ReadAsync<CreateReleaseRequest>();
        var reference = body.Release ?? throw ApiRefusal.Invalid("release must name an earlier release; images come from builds.");
        return Answer.Created(
            await request.Grains.Releases(request.App.Id).RollbackAsync(reference),
            release => release.ToResource(request)
        );
    }

    private static async Task<IResult> GetSlugAsync(ApiRequest request)
    {
        var id = request.Segment("slug");
        var releases = await request.Grains.Releases(request.App.Id).ListAsync();
        var slug = releases.Select(release => release.Slug).FirstOrDefault(slug => slug?.Id.ToString() == id);
        return Answer.Ok((slug ?? throw ApiRefusal.NotFound("slug")).ToResource());
    }
}
