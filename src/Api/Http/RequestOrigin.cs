using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Api.Http;

/// <summary>From where a request came, for the audit log.</summary>
internal static class RequestOrigin
{
    /// <param name="token">What let the caller in; null when nothing did.</param>
    public static CallOrigin Of(HttpContext http, Guid? token) =>
        CallOrigin.Of(http.Connection.RemoteIpAddress?.ToString(), ProgramOf(http.Request.Headers.UserAgent.ToString()), token);

    private static string ProgramOf(string userAgent) => userAgent.Length > 0 ? userAgent : "an unknown program";
}
