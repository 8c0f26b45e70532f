using Microsoft.AspNetCore.Components.Authorization;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Dashboard.Access;

/// <summary>Who looks at the pages of one browser tab. All that they ask of grains is asked on this person's behalf.</summary>
public sealed class Viewer(AuthenticationStateProvider authentication, IGrainFactory grains)
{
    private string? address;

    /// <summary>Says at which address the browser is, for the audit log.</summary>
    public void ComeFrom(string? ip) => address = ip;

    /// <summary>The person; null when nobody is signed in.</summary>
    public async Task<Actor?> FindAsync() => SessionCookies.ActorOf((await authentication.GetAuthenticationStateAsync()).User);

    /// <summary>The person.</summary>
    /// <exception cref="AccessDeniedException">Nobody is signed in.</exception>
    public async Task<Actor> RequireAsync() => await FindAsync() ?? throw new AccessDeniedException("Nobody is signed in.");

    /// <summary>Which of the person's sessions this tab belongs to.</summary>
    public async Task<Guid?> FindSessionAsync() => SessionCookies.SessionOf((await authentication.GetAuthenticationStateAsync()).User);

    /// <summary>Asks grains on the person's behalf.</summary>
    public async Task<T> AskAsync<T>(Func<IGrainFactory, Task<T>> question)
    {
        var actor = await RequireAsync();
        CallContext.Act(actor);
        CallContext.ComeFrom(new CallOrigin(address, "dashboard"));
        return await question(grains);
    }

    /// <summary>Asks the person's own account.</summary>
    public async Task<T> AskAccountAsync<T>(Func<IAccountGrain, Task<T>> question)
    {
        var actor = await RequireAsync();
        return await AskAsync(grains => question(grains.Account(actor.Email)));
    }

    /// <summary>Likewise; null when the person may not know, or when what was asked about has gone.</summary>
    public async Task<T?> TryAskAsync<T>(Func<IGrainFactory, Task<T?>> question)
        where T : class
    {
        try
        {
            return await AskAsync(question);
        }
        catch (AccessDeniedException)
        {
            return null;
        }
    }

    /// <summary>The app of a name; null when there is none, or none that this person may know of.</summary>
    public Task<AppView?> FindAppAsync(string name) =>
        TryAskAsync(async grains => await grains.FindAppAsync(name) is { } id ? await grains.App(id).GetAsync() : null);
}
