using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NeetoDeploy.Grains.Access;
using NeetoDeploy.Grains.Apps;
using NeetoDeploy.Grains.Audit;
using NeetoDeploy.Grains.Builds;
using NeetoDeploy.Grains.Installations;
using NeetoDeploy.Grains.Logs;
using NeetoDeploy.Grains.Reconciling;
using NeetoDeploy.Grains.Releases;
using NeetoDeploy.Grains.Storage;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Storage;

namespace NeetoDeploy.Grains;

/// <summary>Adds the grains and what keeps them going to a silo.</summary>
public static partial class GrainsRegistration
{
    /// <summary>
    /// When a silo stops, a reconcile may wait for the answer of a grain that is gone already. It is left then: the next activation does all again.
    /// </summary>
    private static readonly TimeSpan DeactivationTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Needs beside it: grain storage as the default provider, a reminder service, the stores of <c>NeetoDeploy.Grains.Storage</c>, and the drivers.
    /// </summary>
    public static ISiloBuilder AddNeetoGrains(this ISiloBuilder silo)
    {
        silo.AddIncomingGrainCallFilter<StorageFilter>();
        silo.AddIncomingGrainCallFilter<CallerFilter>();
        silo.AddIncomingGrainCallFilter<AuditFilter>();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton<IGrainStorageSerializer, StateSerializer>();
        silo.Services.AddSingleton<ReconcileServices>();
        silo.Services.Configure<GrainCollectionOptions>(grains => grains.DeactivationTimeout = DeactivationTimeout);
        silo.Services.AddOptions<AppsOptions>();
        silo.Services.AddOptions<ReleasesOptions>();
        silo.Services.AddOptions<LogsOptions>();
        silo.Services.AddSingleton<AppBelongings>();
        silo.Services.AddHostedService<UnfinishedWorkSupervisor>();
        silo.Services.AddSingleton<GarbageCollector>();
        silo.Services.AddHostedService<UnusedBlobSweep>();
        silo.Services.AddHostedService<BuildCacheSweep>();
        AddDynos(silo.Services);
        return silo;
    }
}
