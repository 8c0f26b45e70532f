using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Interfaces.Access;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Apps;

/// <summary>Keeps an app name unique. Key: the name.</summary>
[Alias("neeto.IAppNameGrain")]
public interface IAppNameGrain : IGrainWithStringKey
{
    /// <summary>Takes the name for an app; true also when that app has it already.</summary>
    [PlatformOnly, Alias("Claim")]
    Task<bool> ClaimAsync(AppId app);

    /// <summary>Gives the name back, when that app has it.</summary>
    [PlatformOnly, Alias("Release")]
    Task ReleaseAsync(AppId app);

    /// <summary>The app of this name; null when it is free. Who may see the app is the app's own question.</summary>
    [RequiresAccount, ReadOnly, Alias("Resolve")]
    Task<AppId?> ResolveAsync();
}

/// <summary>Keeps a custom host name unique. Key: the host name in lower case.</summary>
[Alias("neeto.IDomainGrain")]
public interface IDomainGrain : IGrainWithStringKey
{
    /// <inheritdoc cref="IAppNameGrain.ClaimAsync"/>
    [PlatformOnly, Alias("Claim")]
    Task<bool> ClaimAsync(AppId app);

    /// <inheritdoc cref="IAppNameGrain.ReleaseAsync"/>
    [PlatformOnly, Alias("Release")]
    Task ReleaseAsync(AppId app);
}
