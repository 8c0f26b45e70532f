using NeetoDeploy.Api.Contracts.Accounts;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Api.Accounts;

internal static class AuthorizationMapping
{
    /// <summary>
    /// The heroku CLI takes asterisks for a part that was left out, and on logout revokes every token that would fit; no secret begins like this.
    /// </summary>
    private const string Hidden = "hidden-**********";

    public static AuthorizationResource ToResource(this TokenView token, ApiRequest request)
    {
        var secret = token.Secret ?? (token.Id == request.Token.TokenId ? ApiCredentials.TokenOf(request.Http.Request) : null);
        return new(
            new AccessTokenResource(SecondsLeft(token, request.Service<TimeProvider>()), token.Id, secret ?? Hidden),
            Client: null,
            token.CreatedAt,
            token.Description,
            Grant: null,
            token.Id,
            RefreshToken: null,
            Scope: ["global"],
            Session: null,
            token.UpdatedAt,
            new AuthorizationUserRef(request.Actor.Id.Value, request.Actor.Email, FullName: null)
        );
    }

    private static int? SecondsLeft(TokenView token, TimeProvider time) =>
        token.ExpiresAt is { } end ? (int)Math.Clamp((end - time.GetUtcNow()).TotalSeconds, 0, int.MaxValue) : null;
}
