using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Abstractions.Images;
using NeetoDeploy.Drivers.Fake.Builds;
using NeetoDeploy.Grains;
using NeetoDeploy.Grains.Apps;
using NeetoDeploy.Grains.Dynos;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Logs;
using NeetoDeploy.Grains.Storage;
using NeetoDeploy.Grains.Tests.Dynos;
using NeetoDeploy.Grains.Tests.Storage;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;

namespace NeetoDeploy.Api.Tests.Host;

/// <summary>What the silo of the tests is made of.</summary>
public sealed partial class ApiFixture
{
    private static void ListenOnFreePorts(ISiloBuilder silo)
    {
        using var siloPort = new TcpListener(IPAddress.Loopback, 0);
        using var gatewayPort = new TcpListener(IPAddress.Loopback, 0);
        siloPort.Start();
        gatewayPort.Start();
        silo.UseLocalhostClustering(PortOf(siloPort), PortOf(gatewayPort));
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return PortOf(probe);
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private void ConfigureSilo(ISiloBuilder silo)
    {
        ListenOnFreePorts(silo);
        silo.UseInMemoryReminderService();
        silo.AddNeetoGrains();
        // Time stands still unless a test moves it.
        silo.Services.Configure<LogsOptions>(logs => logs.Gathering = TimeSpan.Zero);
        silo.Services.Configure<AppsOptions>(apps => apps.AppsDomain = "apps.localhost");
        silo.Services.AddGrainStorage("Default", (_, _) => new FakeGrainStorage());
        AddStores(silo.Services);
        silo.Services.AddSingleton<IDynoDriver>(Engine);
        silo.Services.AddSingleton<IBuildDriver>(Builder);
        silo.Services.AddSingleton<IImageStore>(Images);
        silo.Services.AddSingleton<IImageContents>(Contents);
        silo.Services.AddSingleton<IStacks>(new FakeStacks());
        silo.Services.Replace(ServiceDescriptor.Singleton<IDynoProbe>(new FakeDynoProbe()));
    }

    private static void AddStores(IServiceCollection services)
    {
        var readModel = new FakeReadModel();
        services.AddSingleton<IReadModel>(readModel);
        services.AddSingleton<IReadModelWriter>(readModel);
        services.AddSingleton<ILogStore, FakeLogStore>();
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
}
