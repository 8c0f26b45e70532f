using NeetoDeploy.Api.Http;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Api.Git;

/// <summary>git over smart HTTP: <c>https://host/APP.git</c>. The password is a token, the user name does not matter.</summary>
internal static class GitEndpoints
{
    public static void MapGit(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{repository}.git/info/refs", ServeAsync("info/refs"));
        routes.MapPost("/{repository}.git/git-upload-pack", ServeAsync("git-upload-pack"));
        routes.MapPost("/{repository}.git/git-receive-pack", ServeAsync("git-receive-pack"));
    }

    private static RequestDelegate ServeAsync(string service) =>
        async http =>
        {
            var credentials = http.RequestServices.GetRequiredService<ApiCredentials>();
            if (await credentials.AuthenticateAsync(ApiCredentials.TokenOf(http.Request)) is not { } token)
            {
                http.Response.Headers.WWWAuthenticate = "Basic realm=\"NeetoDeploy\"";
                await AnswerAsync(http, StatusCodes.Status401Unauthorized, "Sign in with a token as the password.");
                return;
            }
            CallContext.Act(token.Actor);
            try
            {
                var app = await http
                    .RequestServices.GetRequiredService<AppLookup>()
                    .RequireAsync((string)http.Request.RouteValues["repository"]!);
                var repositories = http.RequestServices.GetRequiredService<GitRepositories>();
                var repository = await repositories.EnsureAsync(app.Id);
                await RequireStillAsync(http, app, repositories);
                var pushes = http.RequestServices.GetRequiredService<PushSessions>();
                using var push = pushes.Open(app, token.Actor, RequestOrigin.Of(http, token.TokenId));
                await http
                    .RequestServices.GetRequiredService<GitBackend>()
                    .RunAsync(http, $"{repository}/{service}", token.Actor, push.Environment);
            }
            catch (Exception e) when (e is ApiRefusal or AccessDeniedException && !http.Response.HasStarted)
            {
                await AnswerAsync(http, StatusCodes.Status404NotFound, "Couldn't find that app.");
            }
        };

    /// <summary>An app that was destroyed meanwhile had its repository removed before it was made again here.</summary>
    private static async Task RequireStillAsync(HttpContext http, AppView app, GitRepositories repositories)
    {
        try
        {
            await http.RequestServices.GetRequiredService<AppLookup>().RequireAsync(app.Id.ToString());
        }
        catch (Exception e) when (e is ApiRefusal or AccessDeniedException)
        {
            await repositories.RemoveAsync(app.Id);
            throw;
        }
    }

    private static Task AnswerAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync($"{text}\n", http.RequestAborted);
    }
}
