using NeetoDeploy.Drivers.Docker;
using NeetoDeploy.Silo.Hosting;

namespace NeetoDeploy.Silo.Drivers;

/// <summary>Which outside systems this installation uses: the engine of this machine, its registry, and a builder on it.</summary>
internal static class DriversRegistration
{
    public static IServiceCollection AddDrivers(this IServiceCollection services, SiloOptions options) => services
        .AddDockerDrivers(docker =>
        {
            docker.Socket = options.EngineSocket;
            docker.InstallationId = options.InstallationId;
            docker.Registry = options.Registry;
            docker.DataDirectory = options.DataDirectory;
            docker.LifecycleDirectory = options.LifecycleDirectory;
        });
}
