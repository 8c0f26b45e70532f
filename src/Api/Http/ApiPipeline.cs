using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Api.Http;

/// <summary>What happens around every handler, in the order it happens.</summary>
internal sealed class ApiPipeline(ApiHandler handler, ApiAccess access, bool isOfApp)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var requestId = RequestIds.Begin(http);
        http.Response.Headers["RateLimit-Remaining"] = "4500";
        try
        {
            if (access != ApiAccess.Open)
                ApiVersion.Require(http.Request);
            var token = access == ApiAccess.Token ? await RequireTokenAsync(http) : null;
            if (token is not null)
                CallContext.Act(token.Actor);
            CallContext.ComeFrom(RequestOrigin.Of(http, token?.TokenId));
            var app = isOfApp ? await http.RequestServices.GetRequiredService<AppLookup>().RequireAsync(AppSegment(http)) : null;
            var result = await handler(new ApiRequest(http, token, app));
            await result.ExecuteAsync(http);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            await http.RequestServices.GetRequiredService<ErrorAnswers>().For(e, http, requestId).ExecuteAsync(http);
        }
    }

    private static string AppSegment(HttpContext http) => (string)http.Request.RouteValues["app"]!;

    private static async Task<AuthenticatedToken> RequireTokenAsync(HttpContext http)
    {
        var token = ApiCredentials.TokenOf(http.Request);
        return await http.RequestServices.GetRequiredService<ApiCredentials>().AuthenticateAsync(token)
            ?? throw ApiRefusal.Unauthorized(
                IsPassword(http.Request)
                    ? "Invalid credentials provided. Passwords are not accepted here: give a token in the password's place."
                    : "Invalid credentials provided."
            );
    }

    private static bool IsPassword(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.OrdinalIgnoreCase);
}
