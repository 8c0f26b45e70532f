using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Api.Builds;

/// <summary>The bills of materials of a build's image, which Heroku's API does not have: <c>/apps/{app}/builds/{build}/sboms</c>.</summary>
internal static class SbomEndpoints
{
    public static void MapSboms(this ApiRoutes api)
    {
        api.Get("/apps/{app}/builds/{build}/sboms", ListAsync);
        api.Get("/apps/{app}/builds/{build}/sboms/{**sbom}", GetAsync);
    }

    private static async Task<IResult> ListAsync(ApiRequest request)
    {
        var image = await ImageOfAsync(request);
        return Answer.Ok(
            await request.Service<IImageContents>().ListSbomsAsync(image, request.Cancel),
            sboms => sboms.Select(ToResource).ToArray()
        );
    }

    private static async Task<IResult> GetAsync(ApiRequest request)
    {
        var image = await ImageOfAsync(request);
        var name = request.Segment("sbom");
        if (!BillOfMaterials.IsName(name))
            throw ApiRefusal.NotFound("sbom");
        var content = await request.Service<IImageContents>().ReadSbomAsync(image, name, request.Cancel);
        return content.Match(bytes => Download(request.Http, bytes, new BillOfMaterials(name, bytes.Length)), Answer.Refused);
    }

    /// <summary>A buildpack wrote it: no browser may take it for a page of ours.</summary>
    private static IResult Download(HttpContext http, byte[] content, BillOfMaterials sbom)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentDisposition = "attachment";
        return Results.Bytes(content, sbom.MediaType);
    }

    private static async Task<ImageRef> ImageOfAsync(ApiRequest request)
    {
        var build = await BuildEndpoints.BuildOf(request).GetAsync() ?? throw ApiRefusal.NotFound("build");
        return build.Artifact?.Image
            ?? throw new ApiRefusal(StatusCodes.Status404NotFound, "not_found", "This build has made no image (yet).", "image");
    }

    private static SbomResource ToResource(BillOfMaterials sbom) =>
        new(sbom.Name, sbom.Subject, sbom.Format, sbom.MediaType, sbom.SizeBytes);
}
