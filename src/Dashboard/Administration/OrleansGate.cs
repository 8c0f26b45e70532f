using NeetoDeploy.Dashboard.Access;

namespace NeetoDeploy.Dashboard.Administration;

/// <summary>Stands before Orleans' own pages: they are for administrators, may bring a font along in their styles, and show no grain's stored state.</summary>
internal sealed class OrleansGate(RequestDelegate next)
{
    /// <summary>Where the pages are, below <see cref="DashboardOptions.Path"/>.</summary>
    public const string Path = "/admin/orleans";

    /// <summary>What grains store has hashes of passwords in it: nobody needs to see those.</summary>
    private const string State = $"{Path}/GrainState";

    public Task InvokeAsync(HttpContext http)
    {
        if (SessionCookies.ActorOf(http.User) is not { IsAdmin: true } || http.Request.Path.StartsWithSegments(State))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        http.Response.Headers.ContentSecurityPolicy += "; font-src 'self' data:";
        return next(http);
    }
}
