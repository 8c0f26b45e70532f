using System.Text;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Api.Git;

/// <summary>
/// <c>POST /internal/pushes/{id}</c>: what git's hook asks. The body is what git told the hook; the answer is text for the user, and a last line that begins with
/// the byte 1 and says <c>accepted</c> or <c>rejected</c>; without it nobody knows.
/// </summary>
internal static class PushEndpoint
{
    public static void MapPushes(this IEndpointRouteBuilder routes) => routes.MapPost("/internal/pushes/{id}", ReceiveAsync);

    private static async Task<IResult> ReceiveAsync(
        string id,
        HttpContext http,
        PushSessions sessions,
        PushReceiver receiver,
        ILogger<PushReceiver> log
    )
    {
        if (!sessions.TryFind(id, out var push))
            return Results.NotFound();
        using var reader = new StreamReader(http.Request.Body);
        var updates = RefUpdate.ParseAll(await reader.ReadToEndAsync(http.RequestAborted));
        CallContext.Act(push.Actor);
        CallContext.ComeFrom(push.Origin);
        http.Response.ContentType = "text/plain; charset=utf-8";
        var output = new PushOutput(http.Response);
        try
        {
            var isAccepted = await receiver.ReceiveAsync(push, updates, output);
            await output.WriteAsync(Encoding.UTF8.GetBytes(isAccepted ? "\n\u0001accepted\n" : "\n\u0001rejected\n"));
        }
        catch (Exception e) when (Outage.Is(e))
        {
            // Whether there is a build is not known. The hook says what that means, as it does when this process is killed.
            log.LogWarning(e, "The push to {App} could not be followed to its end", push.App.Name);
        }
        return Results.Empty;
    }
}
