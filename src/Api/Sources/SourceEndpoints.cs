using Microsoft.AspNetCore.Http.Features;
using NeetoDeploy.Api.Contracts.Sources;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Streams;

namespace NeetoDeploy.Api.Sources;

/// <summary>Archives to build from: <c>POST /sources</c> gives a place, a PUT fills it once. The URL is its own permission.</summary>
internal static class SourceEndpoints
{
    private const long MaxBytes = 2L << 30;

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

    private static async Task<IResult> UploadAsync(string source, string signature, HttpContext http, StreamUrls urls)
    {
        if (!Guid.TryParseExact(source, "D", out var id) || !urls.IsSourceUrl(id, signature))
            return Answer.Failed(StatusCodes.Status404NotFound, "not_found", "Couldn't find that source.", "source");
        if (http.Request.ContentLength > MaxBytes)
            return Answer.Failed(StatusCodes.Status413PayloadTooLarge, "bad_request", "A source may have at most 2 GiB.");
        var target = urls.SourceFile(id);
        if (File.Exists(target))
            return Answer.Failed(
                StatusCodes.Status409Conflict,
                "conflict",
                "This source has been uploaded already; ask for another with POST /sources."
            );
        AllowLargeBody(http);
        var draft = $"{target}.{Guid.NewGuid():N}";
        try
        {
            await using (var file = new FileStream(draft, FileMode.CreateNew))
                await http.Request.Body.CopyToAsync(file, http.RequestAborted);
            File.Move(draft, target, overwrite: false);
        }
        finally
        {
            File.Delete(draft);
        }
        return Results.Ok();
    }

    private static IResult Download(string source, string signature, StreamUrls urls) =>
        Guid.TryParseExact(source, "D", out var id) && urls.IsSourceUrl(id, signature) && File.Exists(urls.SourceFile(id))
            ? Results.File(urls.SourceFile(id), "application/gzip")
            : Answer.Failed(StatusCodes.Status404NotFound, "not_found", "Couldn't find that source.", "source");

    private static void AllowLargeBody(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBytes;
    }
}
