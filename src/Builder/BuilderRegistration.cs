using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder;

/// <summary>Registers the builder that runs on this machine.</summary>
public static class BuilderRegistration
{
    /// <summary>
    /// Needs <see cref="IStacks"/>, <see cref="IBuildSandboxes"/>, <see cref="IDockerfileBuilds"/>, <see cref="IImageImports"/>, <see cref="IImageStore"/> and <see cref="IDynoDriver"/> from elsewhere.
    /// </summary>
    public static IServiceCollection AddLocalBuilder(this IServiceCollection services, BuilderOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton<IBuildDriver>(provider => new LocalBuildDriver(
            options,
            provider.GetRequiredService<IStacks>(),
            provider.GetRequiredService<IBuildSandboxes>(),
            provider.GetRequiredService<IDockerfileBuilds>(),
            provider.GetRequiredService<IImageImports>(),
            provider.GetRequiredService<IImageStore>(),
            provider.GetRequiredService<IDynoDriver>(),
            provider.GetRequiredService<TimeProvider>()
        ));
    }
}
