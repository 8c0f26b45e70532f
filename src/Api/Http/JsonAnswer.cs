using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace NeetoDeploy.Api.Http;

/// <summary>
/// A JSON body with its status. To a GET it goes with an entity tag, and not at all when the client has it already (RFC 9110, 13.1.2).
/// </summary>
internal sealed class JsonAnswer(byte[] body, int status) : IResult
{
    private const string NextRange = "Next-Range";

    public async Task ExecuteAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) && status is StatusCodes.Status200OK or StatusCodes.Status206PartialContent)
        {
            var tag = new EntityTagHeaderValue(TagOf(http.Response.Headers));
            http.Response.Headers.ETag = tag.ToString();
            if (IsKnown(tag, http.Request.Headers))
            {
                LeaveOut(http.Response);
                return;
            }
        }
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>Two pages may have the same rows and yet go on at different places.</summary>
    private string TagOf(IHeaderDictionary headers)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{status} {headers.ContentRange} {headers[NextRange]}\n"));
        hash.AppendData(body);
        return $"\"{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16))}\"";
    }

    private static bool IsKnown(EntityTagHeaderValue tag, IHeaderDictionary headers) =>
        EntityTagHeaderValue.TryParseList(headers.IfNoneMatch, out var known)
        && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false));

    private static void LeaveOut(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status304NotModified;
        response.Headers.Remove(HeaderNames.ContentRange);
        response.Headers.Remove(NextRange);
    }
}
