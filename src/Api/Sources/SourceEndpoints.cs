using NeetoDeploy.Api.Contracts.Sources;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Streams;

namespace NeetoDeploy.Api.Sources;

/// <summary>Archives to build from: <c>POST /sources</c> gives a place, a PUT fills it once. The URL is its own permission.</summary>
internal static class SourceEndpoints
{
    private const string What = "source";

    public static void MapSources(this ApiRoutes api) => api.Post("/sources", CreateAsync);

    public static void MapSourceUploads(this IEndpointRouteBuilder routes)
    {
        routes.MapPut(StreamUrls.SourceRoute, UploadAsync);
        routes.MapGet(StreamUrls.SourceRoute, Download);
    }

    private static Task<IResult> CreateAsync(ApiRequest request)
    {
        var url = request.Urls.SourceUrl(Guid.NewGuid());
        return Task.FromResult(Answer.Created(new SourceResource(new SourceUrls(url, url))));
    }

    private static async Task<IResult> UploadAsync(string source, string signature, HttpContext http, StreamUrls urls) =>
        Guid.TryParseExact(source, "D", out var id) && urls.IsSourceUrl(id, signature)
            ? await Upload.TakeAsync(http, urls.SourceFile(id), What) ?? Results.Ok()
            : Upload.Unknown(What);

    private static IResult Download(string source, string signature, StreamUrls urls) =>
        Guid.TryParseExact(source, "D", out var id) && urls.IsSourceUrl(id, signature) && File.Exists(urls.SourceFile(id))
            ? Results.File(urls.SourceFile(id), "application/gzip")
            : Upload.Unknown(What);
}
