using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Dashboard.Access;

/// <summary>A session is a token of the account; a browser carries its secret in a cookie that scripts cannot read, sealed by the host.</summary>
internal static class SessionCookies
{
    public const string SignInPath = "/sign-in";
    private const string Secret = "neeto:session";
    private const string SessionId = "neeto:session-id";
    private const string Admin = "neeto:admin";

    public static void AddSessionCookies(this IServiceCollection services)
    {
        services.AddScoped<AuthenticationStateProvider, SessionState>();
        services
            .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookies =>
            {
                cookies.Cookie.Name = "neeto-session";
                cookies.Cookie.HttpOnly = true;
                cookies.Cookie.SameSite = SameSiteMode.Lax;
                cookies.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                cookies.Cookie.Path = DashboardOptions.Path;
                cookies.LoginPath = cookies.AccessDeniedPath = $"{DashboardOptions.Path}{SignInPath}";
                cookies.SlidingExpiration = false;
                cookies.Events.OnValidatePrincipal = RejectEndedAsync;
            });
    }

    public static void MapSessions(this IEndpointRouteBuilder routes) => routes.MapPost("/sign-out", SignOutAsync);

    /// <summary>Sets the cookie of a session that has just begun.</summary>
    public static async Task BeginAsync(HttpContext http, TokenView session)
    {
        var token = await FindAsync(http.RequestServices.GetRequiredService<IGrainFactory>(), session.Secret);
        Claim[] claims =
        [
            new(ClaimTypes.NameIdentifier, token!.Actor.Id.Value.ToString("D")),
            new(ClaimTypes.Email, token.Actor.Email),
            new(Admin, token.Actor.IsAdmin ? "yes" : "no"),
            new(SessionId, token.TokenId.ToString("D")),
            new(Secret, session.Secret!),
        ];
        var identity = new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme);
        await http.SignInAsync(
            new ClaimsPrincipal(identity),
            new AuthenticationProperties { IsPersistent = true, ExpiresUtc = session.ExpiresAt }
        );
    }

    /// <summary>On whose behalf the pages of this browser act; null when nobody is signed in.</summary>
    public static Actor? ActorOf(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true }
            ? new Actor(
                new AccountId(Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!)),
                user.FindFirstValue(ClaimTypes.Email)!,
                user.FindFirstValue(Admin) == "yes"
            )
            : null;

    /// <summary>Which of the account's sessions this browser's is; null when nobody is signed in.</summary>
    public static Guid? SessionOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(SessionId), out var id) ? id : null;

    /// <summary>Whether the session of this browser has not been ended meanwhile.</summary>
    public static async Task<AuthenticatedToken?> FindAsync(IGrainFactory grains, ClaimsPrincipal user) =>
        await FindAsync(grains, user.FindFirstValue(Secret));

    private static async Task<AuthenticatedToken?> FindAsync(IGrainFactory grains, string? secret)
    {
        if (secret is null)
            return null;
        CallContext.Act(Actor.Platform);
        return await grains.TokenOf(secret).AuthenticateAsync();
    }

    private static async Task RejectEndedAsync(CookieValidatePrincipalContext context)
    {
        var grains = context.HttpContext.RequestServices.GetRequiredService<IGrainFactory>();
        try
        {
            if (await FindAsync(grains, context.Principal!) is not null)
                return;
        }
        catch (Exception e) when (Outage.Is(e) && context.HttpContext.RequestServices.GetRequiredService<ControlPlane>().IsAway)
        {
            // There is nobody at all to ask, so nothing is answered: the page says so, and its circuit looks again. In every other case the request fails.
            return;
        }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync();
    }

    private static async Task<Results<BadRequest, RedirectHttpResult>> SignOutAsync(
        HttpContext http,
        IAntiforgery antiforgery,
        IGrainFactory grains
    )
    {
        // Apps below the dashboard's own domain are no other site to a browser.
        if (!await antiforgery.IsRequestValidAsync(http))
            return TypedResults.BadRequest();
        if (await FindAsync(grains, http.User) is { } session)
        {
            CallContext.Act(session.Actor);
            await grains.Account(session.Actor.Email).RevokeTokenAsync(session.TokenId);
        }
        await http.SignOutAsync();
        return TypedResults.Redirect($"{DashboardOptions.Path}{SignInPath}");
    }
}
