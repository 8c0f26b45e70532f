using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Dashboard.Runs;

/// <summary>
/// <c>/apps/{name}/console/session</c>, a WebSocket with one one-off dyno at its other end: see <see cref="ConsoleSession"/>. For who is signed in, and only from
/// pages of this very host: browsers send cookies along from anywhere, but say where from.
/// </summary>
internal static class ConsoleEndpoint
{
    public static void MapConsole(this IEndpointRouteBuilder routes) => routes.MapGet("/apps/{name}/console/session", ServeAsync);

    private static async Task<IResult> ServeAsync(string name, HttpContext http, IGrainFactory grains, TimeProvider time)
    {
        // A page to sign in at would be no answer to a WebSocket.
        if (SessionCookies.ActorOf(http.User) is not { } actor)
            return TypedResults.Unauthorized();
        if (!http.WebSockets.IsWebSocketRequest)
            return TypedResults.Text("Connect with a WebSocket.", statusCode: StatusCodes.Status426UpgradeRequired);
        if (!IsOwnPage(http.Request))
            return TypedResults.Text("Only this dashboard's own pages open consoles.", statusCode: StatusCodes.Status403Forbidden);
        CallContext.Act(actor);
        if (await grains.FindAppAsync(name) is not { } app)
            return TypedResults.NotFound();
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var session = new ConsoleSession(new ConsoleSocket(socket), grains, time, () => MayAsync(http, grains));
        await session.CarryAsync(app, actor, http.RequestAborted);
        return TypedResults.Empty;
    }

    /// <summary>Whether a page of the same scheme, host and port asks: <c>Origin</c> is what no page can change.</summary>
    internal static bool IsOwnPage(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
        && origin.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);

    private static async Task<bool> MayAsync(HttpContext http, IGrainFactory grains) =>
        await SessionCookies.FindAsync(grains, http.User) is not null;
}
