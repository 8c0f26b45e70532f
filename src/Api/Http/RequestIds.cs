namespace NeetoDeploy.Api.Http;

/// <summary>Each request has an id, by which its error and its line in the log find each other. What the client sends comes back before it.</summary>
internal static class RequestIds
{
    private const string Header = "Request-Id";
    private const int MaxLength = 7 * 1024;

    /// <summary>Puts the ids into the answer's header; answers the new one.</summary>
    public static string Begin(HttpContext http)
    {
        var id = Guid.NewGuid().ToString("D");
        var earlier = http.Request.Headers[Header].ToString();
        var isKept = earlier.Length is > 0 and < MaxLength && earlier.All(IsExpected);
        http.Response.Headers[Header] = isKept ? $"{earlier},{id}" : id;
        return id;
    }

    private static bool IsExpected(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ',' or ' ' or '.';
}
