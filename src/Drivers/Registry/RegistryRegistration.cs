using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Drivers.Abstractions.Images;
using NeetoDeploy.Drivers.Registry.Images;

namespace NeetoDeploy.Drivers.Registry;

/// <summary>Registers the OCI registry as the installation's image store.</summary>
public static class RegistryRegistration
{
    public static IServiceCollection AddRegistryImageStore(this IServiceCollection services, RegistryOptions options) =>
        services.AddSingleton<IImageStore>(_ => new RegistryImageStore(options));
}
