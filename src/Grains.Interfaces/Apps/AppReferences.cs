using NeetoDeploy.Core.Apps;

namespace NeetoDeploy.Grains.Interfaces.Apps;

/// <summary>From what people call an app to the app. Whether the caller may see it is the app's own question.</summary>
public static class AppReferences
{
    /// <summary>The app of this name; null when there is none, or when no app can be called so.</summary>
    public static async Task<AppId?> FindAppAsync(this IGrainFactory grains, string name) =>
        AppName.TryParse(name, null, out var parsed) ? await grains.AppName(parsed).ResolveAsync() : null;

    /// <summary>The app of this id or name; an id is taken as it is, whether there is such an app or not.</summary>
    public static async Task<AppId?> FindAppByIdOrNameAsync(this IGrainFactory grains, string idOrName) =>
        AppId.TryParse(idOrName, null, out var id) ? id : await grains.FindAppAsync(idOrName);
}
