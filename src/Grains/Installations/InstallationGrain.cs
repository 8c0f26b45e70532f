using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Interfaces.Audit;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Installations;
using NeetoDeploy.Grains.Reconciling;
using NeetoDeploy.Grains.Storage;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Installations;

/// <summary>It has no state: it asks those who know.</summary>
[GrainType("installation"), StatelessWorker]
public sealed class InstallationGrain(
    InstallationView view,
    ISourcePlaces places,
    IInstallationChecks checks,
    GarbageCollector garbage,
    IUnfinishedWork work,
    IAccountIndex accounts,
    IAuditStore audit
) : Grain, IInstallationGrain
{
    public Task<InstallationView> DescribeAsync() => Task.FromResult(view);

    public Task<SourcePlace> CreateSourcePlaceAsync() => Task.FromResult(places.Create());

    public Task<ImmutableArray<Finding>> CheckAsync() => checks.RunAsync(CancellationToken.None);

    public Task<ImmutableArray<GarbageCollection>> ListGarbageCollectionsAsync() => Task.FromResult(garbage.Last);

    public async Task<ImmutableArray<GarbageCollection>> CollectGarbageAsync()
    {
        await Task.WhenAll(garbage.CollectImagesAsync(CancellationToken.None), garbage.TrimCachesAsync(CancellationToken.None));
        return garbage.Last;
    }

    public async Task<ImmutableArray<UnfinishedBuild>> ListBuildsAsync()
    {
        // A build that waits has no work of its own; the one that it waits for has.
        var apps = (await work.ListAsync(CancellationToken.None))
            .Where(item => item.Kind == WorkKinds.Build)
            .Select(item => GrainKeys.AppOf(item.Key))
            .OfType<AppId>()
            .Distinct();
        var builds = await Task.WhenAll(apps.Select(ListBuildsAsync));
        return [.. builds.SelectMany(all => all).OrderBy(build => build.Build.CreatedAt)];
    }

    public async Task<ImmutableArray<AccountView>> ListAccountsAsync()
    {
        var emails = await accounts.ListAsync(CancellationToken.None);
        var views = await Task.WhenAll(emails.Select(email => GrainFactory.Account(email).GetAsync()));
        return [.. views.OfType<AccountView>()];
    }

    public Task<ImmutableArray<AuditEntry>> ReadAuditAsync(AuditQuery query) => audit.ReadAsync(query, CancellationToken.None);

    private async Task<IEnumerable<UnfinishedBuild>> ListBuildsAsync(AppId id)
    {
        var app = GrainFactory.App(id);
        if (await app.GetAsync() is not { } view)
            return [];
        var builds = await Task.WhenAll((await app.ListQueueAsync()).Select(build => GrainFactory.Build(id, build).GetAsync()));
        return from build in builds where build is not null && !build.Status.IsEnd() select new UnfinishedBuild(view.Name, build);
    }
}
