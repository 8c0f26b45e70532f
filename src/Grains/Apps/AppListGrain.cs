using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Storage;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Apps;

/// <summary>It has no state: it asks the read model, on behalf of who calls.</summary>
[GrainType("applist"), StatelessWorker]
public sealed class AppListGrain(IReadModel lists) : Grain, IAppListGrain
{
    private static Actor Caller => CallContext.Actor!;

    public Task<Page<AppView>> ListAsync(AccountId? account, PageRange range) =>
        Caller.IsAdmin || account == Caller.Id
            ? lists.ListAppsAsync(account, range, CancellationToken.None)
            : throw new AccessDeniedException("The apps of others are not open to this caller.");

    public Task<AppsFound> FindAsync(AppQuery query) => lists.FindAppsAsync(Caller, query, CancellationToken.None);

    public async Task<AppId?> FindOfSlugAsync(Guid slug)
    {
        var caller = Caller;
        if (await lists.FindAppOfSlugAsync(slug, CancellationToken.None) is not { } app)
            return null;
        return AccessPolicy.Allows(caller, await GrainFactory.App(app).GetRoleAsync(caller.Id), AppAction.View) ? app : null;
    }
}
