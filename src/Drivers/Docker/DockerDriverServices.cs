using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Docker.Builds;
using NeetoDeploy.Drivers.Docker.Dockerfiles;
using NeetoDeploy.Drivers.Docker.Dynos;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Docker.Networks;
using NeetoDeploy.Drivers.Docker.Stacks;

namespace NeetoDeploy.Drivers.Docker;

/// <summary>Registers the drivers of this machine's container engine.</summary>
public static class DockerDriverServices
{
    /// <summary>Adds <see cref="IDynoDriver"/> with its optional capabilities, <see cref="IStacks"/>, <see cref="IBuildSandboxes"/>, <see cref="IDockerfileBuilds"/> and <see cref="IImageImports"/>. Wrong options fail at the first use, naming the setting.</summary>
    public static IServiceCollection AddDockerDrivers(this IServiceCollection services, Action<DockerOptions> configure)
    {
        services.AddOptions<DockerOptions>().Configure(configure).PostConfigure(options => options.Validate());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<DockerOptions>>().Value);
        services.AddSingleton(provider => new DockerEngine(provider.GetRequiredService<DockerOptions>().Socket));
        services.AddSingleton(provider => new EngineNames(provider.GetRequiredService<DockerOptions>().InstallationId));
        services.AddSingleton<ControlGroups>();
        services.AddSingleton<ISupportsReserve, ProcessorReserve>();
        services.AddSingleton<EngineNetworks>();
        services.AddSingleton<SandboxRoutes>();
        services.AddSingleton<NetworkSandboxes>();
        services.AddSingleton<DockerDynoDriver>();
        services.AddSingleton<IDynoDriver>(provider => provider.GetRequiredService<DockerDynoDriver>());
        services.AddSingleton<ISupportsWatch>(provider => provider.GetRequiredService<DockerDynoDriver>());
        services.AddSingleton<ISupportsLogTail>(provider => provider.GetRequiredService<DockerDynoDriver>());
        services.AddSingleton<ISupportsAttach>(provider => provider.GetRequiredService<DockerDynoDriver>());
        services.AddSingleton<ISupportsStats>(provider => provider.GetRequiredService<DockerDynoDriver>());
        services.AddSingleton<StackImageStore>();
        services.AddSingleton<NpmRegistry>();
        services.AddSingleton<RunImage>();
        services.AddSingleton<BuildImage>();
        services.AddSingleton<DebianStack>();
        services.AddSingleton<ImageFiles>();
        services.AddSingleton<PulledStack>();
        services.AddSingleton<IStacks, EngineStacks>();
        services.AddSingleton<BuildNetworks>();
        services.AddSingleton<IBuildSandboxes, DockerBuildSandboxes>();
        services.AddSingleton<StackNames>();
        services.AddSingleton<AppImages>();
        services.AddSingleton<DockerfileCache>();
        services.AddSingleton<IDockerfileBuilds, DockerDockerfileBuilds>();
        services.AddSingleton<IImageImports, DockerImageImports>();
        return services;
    }
}
