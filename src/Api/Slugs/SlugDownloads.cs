using System.Globalization;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Sources;
using NeetoDeploy.Api.Streams;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Api.Slugs;

/// <summary>
/// Gives the archives of slugs to whoever has a URL that <c>GET /apps/{app}/slugs/{slug}</c> answered: what was uploaded, for the day that it is kept, else
/// one that is made of the image on its way.
/// </summary>
internal static class SlugDownloads
{
    private const string What = "slug";
    private const string ContentType = "application/gzip";

    public static void MapSlugDownloads(this IEndpointRouteBuilder routes) => routes.MapGet(StreamUrls.SlugArchiveRoute, DownloadAsync);

    private static async Task<IResult> DownloadAsync(
        string app,
        string slug,
        string until,
        string signature,
        HttpContext http,
        IGrainFactory grains,
        StreamUrls urls,
        IImageContents images,
        TimeProvider time
    )
    {
        if (
            !AppId.TryParse(app, null, out var owner)
            || !Guid.TryParseExact(slug, "D", out var id)
            || !long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || !urls.IsSlugArchiveUrl(owner, id, seconds, signature)
        )
            return Upload.Unknown(What);
        if (time.GetUtcNow().ToUnixTimeSeconds() > seconds)
            return Missing("This URL's time is over: GET /apps/APP/slugs/SLUG answers another one.");
        CallContext.Act(Actor.Platform);
        if (await grains.Releases(owner).GetSlugAsync(id) is not { } found)
            return Upload.Unknown(What);
        return File.Exists(urls.SourceFile(id)) ? Results.File(urls.SourceFile(id), ContentType) : await WriteAsync(found, images, http);
    }

    private static async Task<IResult> WriteAsync(SlugView slug, IImageContents images, HttpContext http)
    {
        if (slug.Images is not null)
            return Missing("This slug is images that run as they are, and has no archive. Release it in another app by its id.");
        var refused = await images.WriteSlugAsync(slug.Image, () => Open(http.Response), http.RequestAborted);
        if (refused is not null && !http.Response.HasStarted)
            return Answer.Refused(refused);
        // Who has got a part of it must not take it for the whole.
        if (refused is not null)
            http.Abort();
        return Results.Empty;
    }

    private static Stream Open(HttpResponse response)
    {
        response.ContentType = ContentType;
        return response.Body;
    }

    private static IResult Missing(string why) => Answer.Failed(StatusCodes.Status404NotFound, "not_found", why, What);
}
