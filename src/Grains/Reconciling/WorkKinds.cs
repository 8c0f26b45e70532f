using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Dynos;
using NeetoDeploy.Grains.Interfaces.Formations;
using NeetoDeploy.Grains.Interfaces.Releases;
using NeetoDeploy.Grains.Interfaces.Runs;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Reconciling;

/// <summary>The kinds of work that <see cref="WorkItem.Kind"/> names, and the grain behind each.</summary>
public static class WorkKinds
{
    public const string App = "app";
    public const string Build = "build";
    public const string Releases = "releases";
    public const string Formation = "formation";
    public const string Dyno = "dyno";
    public const string Run = "run";

    /// <summary>Asks the grain behind an item to reconcile.</summary>
    public static Task PokeAsync(this IGrainFactory grains, WorkItem item) =>
        item.Kind switch
        {
            App => grains.GetGrain<IAppGrain>(item.Key).ReconcileAsync(),
            Build => grains.GetGrain<IBuildGrain>(item.Key).ReconcileAsync(),
            Releases => grains.GetGrain<IReleaseLedgerGrain>(item.Key).ReconcileAsync(),
            Formation => grains.GetGrain<IFormationGrain>(item.Key).ReconcileAsync(),
            Dyno => grains.GetGrain<IDynoGrain>(item.Key).ReconcileAsync(),
            Run => grains.GetGrain<IRunGrain>(item.Key).ReconcileAsync(),
            _ => throw new InvalidOperationException($"No grain does work of the kind '{item.Kind}'."),
        };
}
