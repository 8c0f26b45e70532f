using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Grains.Storage;

/// <summary>
/// Lists that no single grain could answer quickly, kept in SQL beside the grains' own tables. Grains write it after their state; it can be
/// rebuilt, may be a moment old, and never decides anything nor grants access.
/// </summary>
public interface IReadModel
{
    /// <summary>Apps that an account owns or shares (every app for null), in the order and the part that the range says.</summary>
    Task<Page<AppView>> ListAppsAsync(AccountId? account, PageRange range, CancellationToken cancel);

    /// <summary>The apps that a person looks for among those that they may see: those whose names begin with the text first, then favourites, then by name.</summary>
    Task<AppsFound> FindAppsAsync(Actor who, AppQuery query, CancellationToken cancel);

    /// <summary>An app's builds.</summary>
    Task<Page<BuildView>> ListBuildsAsync(AppId app, PageRange range, CancellationToken cancel);

    /// <summary>The app in which a slug was made; null when it is not known.</summary>
    Task<AppId?> FindAppOfSlugAsync(Guid slug, CancellationToken cancel);
}
