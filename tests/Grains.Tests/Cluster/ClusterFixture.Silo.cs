using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Abstractions.Images;
using NeetoDeploy.Grains.Dynos;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Logs;
using NeetoDeploy.Grains.Releases;
using NeetoDeploy.Grains.Storage;
using NeetoDeploy.Grains.Tests.Storage;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace NeetoDeploy.Grains.Tests.Cluster;

/// <summary>What the silo of the tests is made of.</summary>
public sealed partial class ClusterFixture
{
    private static readonly string[] RealTimeAreas =
    [
        TimeProviderNames.Messaging,
        TimeProviderNames.SystemTimers,
        TimeProviderNames.Membership,
        TimeProviderNames.ActivationManagement,
        TimeProviderNames.GrainDirectory,
    ];

    private void ConfigureSilo(ISiloBuilder silo)
    {
        silo.UseInMemoryReminderService();
        silo.AddNeetoGrains();
        silo.Services.AddGrainStorage("Default", (_, _) => States);
        AddClock(silo.Services);
        AddStores(silo.Services);
        silo.Services.AddSingleton<IDynoDriver>(Engine);
        silo.Services.Configure<ReleasesOptions>(releases => releases.ImagesKept = ImagesKept);
        // Time stands still unless a test moves it.
        silo.Services.Configure<LogsOptions>(logs => logs.Gathering = TimeSpan.Zero);
        silo.Services.AddSingleton<IBuildDriver>(Builder);
        silo.Services.AddSingleton<IImageStore>(Images);
        silo.Services.AddSingleton<IStacks>(Stacks);
        silo.Services.Replace(ServiceDescriptor.Singleton<IDynoProbe>(Probe));
    }

    private void AddClock(IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        foreach (var area in RealTimeAreas)
            services.AddKeyedSingleton(area, TimeProvider.System);
    }

    private void AddStores(IServiceCollection services)
    {
        services.AddSingleton<ILogStore>(Logs);
        services.AddSingleton<IMetricsStore>(Figures);
        services.AddSingleton<IOutputStore>(Outputs);
        services.AddSingleton<IRouteStore>(Routes);
        services.AddSingleton<IAuditStore>(Audit);
        services.AddSingleton<IAccountIndex, FakeAccountIndex>();
        services.AddFakeInstallation();
        services.AddSingleton<ISourcePlaces, FakeSourcePlaces>();
        services.AddSingleton<IReadModel>(ReadModel);
        services.AddSingleton<IReadModelWriter>(ReadModel);
        services.AddSingleton<IUnfinishedWork>(Work);
        services.AddSingleton<ISecretBox>(Secrets);
        services.AddSingleton<IRepositoryStore>(Repositories);
    }

    private Task ActAsCallerAsync(IOutgoingGrainCallContext call)
    {
        if (CallContext.Actor is null && Caller is { } caller)
            CallContext.Act(caller);
        return call.Invoke();
    }
}
