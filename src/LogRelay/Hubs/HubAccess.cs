namespace NeetoDeploy.LogRelay.Hubs;

/// <summary>Lets only known callers open a connection. Who they are is asked again for each stream, and while it lasts.</summary>
internal static class HubAccess
{
    public static void RequireCaller(this IEndpointConventionBuilder endpoints) =>
        endpoints.Add(endpoint =>
        {
            var next = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => AdmitAsync(http, next);
        });

    private static async Task AdmitAsync(HttpContext http, RequestDelegate next)
    {
        if (await http.RequestServices.GetRequiredService<IHubCallers>().FindAsync(http) is not null)
            await next(http);
        else
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
    }
}
