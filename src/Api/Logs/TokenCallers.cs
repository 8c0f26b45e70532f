using NeetoDeploy.Api.Http;
using NeetoDeploy.LogRelay.Hubs;

namespace NeetoDeploy.Api.Logs;

/// <summary>Whoever shows a token of an account, as for every other route of the API.</summary>
internal sealed class TokenCallers(ApiCredentials credentials) : IHubCallers
{
    public async Task<Actor?> FindAsync(HttpContext http) =>
        (await credentials.AuthenticateAsync(ApiCredentials.TokenOf(http.Request)))?.Actor;
}
