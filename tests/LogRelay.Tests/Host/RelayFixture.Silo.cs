using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Abstractions.Images;
using NeetoDeploy.Drivers.Fake.Builds;
using NeetoDeploy.Drivers.Fake.Dynos;
using NeetoDeploy.Drivers.Fake.Images;
using NeetoDeploy.Grains;
using NeetoDeploy.Grains.Dynos;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Storage;
using NeetoDeploy.Grains.Tests.Dynos;
using NeetoDeploy.Grains.Tests.Storage;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;

namespace NeetoDeploy.LogRelay.Tests.Host;

/// <summary>What the silo of the tests is made of.</summary>
public sealed partial class RelayFixture
{
    private void ConfigureSilo(ISiloBuilder silo)
    {
        using var siloPort = new TcpListener(IPAddress.Loopback, 0);
        using var gatewayPort = new TcpListener(IPAddress.Loopback, 0);
        siloPort.Start();
        gatewayPort.Start();
        silo.UseLocalhostClustering(PortOf(siloPort), PortOf(gatewayPort));
        silo.UseInMemoryReminderService();
        silo.AddNeetoGrains();
        silo.Services.AddGrainStorage("Default", (_, _) => new FakeGrainStorage());
        AddStores(silo.Services);
        silo.Services.AddSingleton<IDynoDriver>(new FakeDynoDriver(TimeProvider.System));
        silo.Services.AddSingleton<IBuildDriver>(new FakeBuildDriver(TimeProvider.System));
        silo.Services.AddSingleton<IImageStore>(new FakeImageStore(TimeProvider.System));
        silo.Services.AddSingleton<IStacks>(new FakeStacks());
        silo.Services.Replace(ServiceDescriptor.Singleton<IDynoProbe>(new FakeDynoProbe()));
    }

    private void AddStores(IServiceCollection services)
    {
        var readModel = new FakeReadModel();
        services.AddSingleton<IReadModel>(readModel);
        services.AddSingleton<IReadModelWriter>(readModel);
        services.AddSingleton<ILogStore>(store);
        services.AddSingleton<IMetricsStore, FakeMetricsStore>();
        services.AddSingleton<IOutputStore, FakeOutputStore>();
        services.AddSingleton<IRouteStore, FakeRouteStore>();
        services.AddSingleton<IAuditStore, FakeAuditStore>();
        services.AddSingleton<IAccountIndex, FakeAccountIndex>();
        services.AddFakeInstallation();
        services.AddSingleton<IUnfinishedWork, FakeUnfinishedWork>();
        services.AddSingleton<ISecretBox, FakeSecretBox>();
        services.AddSingleton<IRepositoryStore, FakeRepositoryStore>();
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
