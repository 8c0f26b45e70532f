using System.Runtime.InteropServices;
using NeetoDeploy.Builder;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Drivers.Docker;
using NeetoDeploy.Drivers.Registry;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Silo.Hosting;
using NeetoDeploy.Silo.Stacks;

namespace NeetoDeploy.Silo.Drivers;

/// <summary>Which outside systems this installation uses: the engine of this machine, its registry, and a builder on it.</summary>
internal static class DriversRegistration
{
    public static IServiceCollection AddDrivers(this IServiceCollection services, SiloOptions options, StackFile stacks) =>
        services
            .AddDockerDrivers(docker =>
            {
                docker.Socket = options.EngineSocket;
                docker.InstallationId = options.InstallationId;
                docker.Registry = options.Registry;
                docker.DataDirectory = options.DataDirectory;
                docker.LifecycleDirectory = options.LifecycleDirectory;
                docker.Stacks = stacks.Stacks;
            })
            .AddRegistryImageStore(RegistryOptionsOf(options))
            .AddLocalBuilder(BuilderOptionsOf(options))
            .AddSingleton<ImageContents>()
            .AddSingleton<IImageContents, RegistryContents>();

    /// <summary>The supervisor writes the configuration of the box's own registry; another installation may use a registry of somebody else's.</summary>
    private static RegistryOptions RegistryOptionsOf(SiloOptions options)
    {
        var folder = Path.Combine(options.DataDirectory, "registry");
        var configuration = Path.Combine(folder, "config.yml");
        return File.Exists(configuration)
            ? new RegistryOptions
            {
                Registry = options.Registry,
                OwnConfiguration = configuration,
                OwnStorage = Path.Combine(folder, "storage"),
            }
            : new RegistryOptions { Registry = options.Registry };
    }

    private static BuilderOptions BuilderOptionsOf(SiloOptions options) =>
        new()
        {
            AllowPrivateSources = options.AllowPrivateSources,
            BuildsDirectory = Path.Combine(options.DataDirectory, "builds"),
            SourceDirectories = [Path.Combine(options.DataDirectory, "sources"), Path.Combine(options.DataDirectory, "git")],
            SandboxMounts = MachineSdk.Mounts(RuntimeEnvironment.GetRuntimeDirectory()),
        };
}
