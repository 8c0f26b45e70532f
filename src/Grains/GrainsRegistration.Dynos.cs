using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Grains.Dynos;
using NeetoDeploy.Grains.Logs;

namespace NeetoDeploy.Grains;

/// <summary>What dynos, their logs and routes need.</summary>
public static partial class GrainsRegistration
{
    private static void AddDynos(IServiceCollection services)
    {
        services.AddSingleton<IDynoProbe, TcpDynoProbe>();
        services.AddSingleton<DynoOutputFollower>();
        services.AddSingleton<PlatformLog>();
        services.AddHostedService<EngineWatch>();
        services.AddHostedService<OrphanedDynoSweep>();
        services.AddHostedService<MemoryWatch>();
    }
}
