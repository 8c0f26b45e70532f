using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces.Access;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Apps;

/// <summary>The apps that a person has starred: they come first in that person's lists, and give no access. Key: the account's id.</summary>
[Alias("neeto.IFavouritesGrain")]
public interface IFavouritesGrain : IGrainWithStringKey
{
    /// <summary>In the order in which they were starred.</summary>
    /// <exception cref="AccessDeniedException">The caller is somebody else.</exception>
    [RequiresAccount, AlwaysInterleave, Alias("List")]
    Task<ImmutableArray<AppId>> ListAsync();

    /// <summary>Stars an app or takes its star away. Repeating it changes nothing.</summary>
    /// <exception cref="AccessDeniedException">The caller is somebody else.</exception>
    [RequiresAccount, NotAudited, Alias("Set")]
    Task<Result<Done>> SetAsync(AppId app, bool isFavourite);
}
