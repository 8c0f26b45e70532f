using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Api.Http;

/// <summary>Finds an app by its id or its name, as the current actor sees it.</summary>
public sealed class AppLookup(IGrainFactory grains)
{
    /// <summary>The app.</summary>
    /// <exception cref="ApiRefusal">404: there is none of that name.</exception>
    /// <exception cref="Grains.Interfaces.Access.AccessDeniedException">There is one, and the actor must not know; answered as 404, too.</exception>
    public async Task<AppView> RequireAsync(string idOrName) =>
        await grains.FindAppByIdOrNameAsync(idOrName) is { } id && await grains.App(id).GetAsync() is { } app
            ? app
            : throw ApiRefusal.NotFound("app");
}
