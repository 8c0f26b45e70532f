using System.Security.Claims;

namespace NeetoDeploy.LogRelay.Hubs;

/// <summary>Lets only known callers open a connection, and remembers them for as long as it lasts.</summary>
internal static class HubAccess
{
    public static void RequireCaller(this IEndpointConventionBuilder endpoints) =>
        endpoints.Add(endpoint =>
        {
            var next = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => AdmitAsync(http, next);
        });

    /// <summary>The user of a connection that this actor opens.</summary>
    public static ClaimsPrincipal UserOf(Actor actor) => new(new CallerIdentity(actor));

    /// <summary>Who opened the connection.</summary>
    public static Actor ActorOf(ClaimsPrincipal? user) =>
        (user?.Identity as CallerIdentity)?.Caller ?? throw new InvalidOperationException("The connection was opened by nobody.");

    private static async Task AdmitAsync(HttpContext http, RequestDelegate next)
    {
        if (await http.RequestServices.GetRequiredService<IHubCallers>().FindAsync(http) is not { } actor)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        http.User = UserOf(actor);
        await next(http);
    }

    private sealed class CallerIdentity(Actor actor) : ClaimsIdentity("neeto")
    {
        public Actor Caller => actor;

        public override string Name => actor.Email;
    }
}
