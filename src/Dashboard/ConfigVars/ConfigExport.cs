using System.Text;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Dashboard.ConfigVars;

/// <summary>
/// <c>GET /apps/{name}/config-vars/download</c>: an app's config vars as a <c>.env</c> file, for who may read them. Nothing on the way keeps it.
/// </summary>
internal static class ConfigExport
{
    public static void MapConfigExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/apps/{name}/config-vars/download", SendAsync).RequireAuthorization();

    private static async Task<IResult> SendAsync(string name, HttpContext http, IGrainFactory grains)
    {
        if (SessionCookies.ActorOf(http.User) is not { } actor)
            return TypedResults.NotFound();
        CallContext.Act(actor);
        try
        {
            if (await grains.FindAppAsync(name) is not { } id)
                return TypedResults.NotFound();
            var vars = await grains.Releases(id).GetConfigVarsAsync();
            http.Response.Headers.CacheControl = "no-store";
            return TypedResults.File(Encoding.UTF8.GetBytes(DotEnv.Write(vars)), "text/plain; charset=utf-8", $"{name}.env");
        }
        catch (AccessDeniedException)
        {
            return TypedResults.NotFound();
        }
    }
}
