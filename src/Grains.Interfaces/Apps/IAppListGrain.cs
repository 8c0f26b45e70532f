using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Interfaces.Access;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Apps;

/// <summary>Lists of apps, for whoever calls: nobody finds an app in them that they may not see. They may be a moment old. Key: the region.</summary>
[Alias("neeto.IAppListGrain")]
public interface IAppListGrain : IGrainWithStringKey
{
    /// <summary>Apps that an account owns or shares, in the order and the part that the range says. Only administrators may ask for another account, or for every app.</summary>
    /// <param name="account">Null: every app.</param>
    [RequiresAccount, AlwaysInterleave, Alias("List")]
    Task<Page<AppView>> ListAsync(AccountId? account, PageRange range);

    /// <summary>The apps that the caller looks for, those whose names begin with the text first, then favourites, then by name.</summary>
    [RequiresAccount, AlwaysInterleave, Alias("Find")]
    Task<AppsFound> FindAsync(AppQuery query);

    /// <summary>The app in which a slug was made; null when it is not known, or not the caller's to see.</summary>
    [RequiresAccount, AlwaysInterleave, Alias("FindOfSlug")]
    Task<AppId?> FindOfSlugAsync(Guid slug);
}
