using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace NeetoDeploy.Dashboard.Access;

/// <summary>Pages that are open look every half minute whether their session has been ended elsewhere.</summary>
internal sealed class SessionState(ILoggerFactory logs, IGrainFactory grains) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState state, CancellationToken cancel)
    {
        try
        {
            return await SessionCookies.FindAsync(grains, state.User) is not null;
        }
        catch (Exception e) when (Outage.Is(e))
        {
            // Nothing is answered meanwhile, and the next look tells.
            return true;
        }
    }
}
