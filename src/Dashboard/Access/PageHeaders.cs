namespace NeetoDeploy.Dashboard.Access;

/// <summary>What browsers are told of every page: nothing from elsewhere, no inline script, no frame around it.</summary>
internal sealed class PageHeaders(RequestDelegate next)
{
    /// <summary>Styles may be inline, because components set them; scripts may not.</summary>
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
        + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return next(http);
    }
}
