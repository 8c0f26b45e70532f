using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Grains.Dynos;

namespace NeetoDeploy.Grains;

/// <summary>What dynos, their logs and routes need.</summary>
public static partial class GrainsRegistration
{
    private static void AddDynos(IServiceCollection services)
    {
        services.AddSingleton<IDynoProbe, TcpDynoProbe>();
    }
}
