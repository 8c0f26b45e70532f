using Microsoft.AspNetCore.Http.Features;
using NeetoDeploy.Api.Http;

namespace NeetoDeploy.Api.Sources;

/// <summary>Takes an archive from a request's body into a file: all of it or nothing, and once.</summary>
internal static class Upload
{
    private const long MaxBytes = 2L << 30;

    /// <summary>Null: it is there. Otherwise the answer that says why not.</summary>
    /// <param name="what">What is uploaded, such as <c>source</c>, which POST /sources gives.</param>
    public static async Task<IResult?> TakeAsync(HttpContext http, string target, string what)
    {
        if (http.Request.ContentLength > MaxBytes)
            return Answer.Failed(StatusCodes.Status413PayloadTooLarge, "bad_request", $"A {what} may have at most 2 GiB.");
        if (File.Exists(target))
            return Answer.Failed(
                StatusCodes.Status409Conflict,
                "conflict",
                $"This {what} has been uploaded already; ask for another with POST /{what}s."
            );
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBytes;
        var draft = $"{target}.{Guid.NewGuid():N}";
        try
        {
            await using (var file = new FileStream(draft, FileMode.CreateNew))
                await http.Request.Body.CopyToAsync(file, http.RequestAborted);
            File.Move(draft, target, overwrite: false);
            return null;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>The URL is none of ours.</summary>
    public static IResult Unknown(string what) =>
        Answer.Failed(StatusCodes.Status404NotFound, "not_found", $"Couldn't find that {what}.", what);
}
