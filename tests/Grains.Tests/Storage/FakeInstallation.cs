using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Grains.Accounts;
using NeetoDeploy.Grains.Installations;
using NeetoDeploy.Grains.Interfaces.Installations;

namespace NeetoDeploy.Grains.Tests.Storage;

/// <summary>What a host tells grains of its installation.</summary>
public static class FakeInstallation
{
    public const string SetupSecret = "the token of the link for the first sign-in";

    public static void AddFakeInstallation(this IServiceCollection services)
    {
        services.AddSingleton(new SetupToken(SetupSecret));
        services.AddSingleton(new InstallationView("apps.localhost", "https://localhost:5443", ["neeto-12"]));
        services.AddSingleton<IInstallationChecks, FakeInstallationChecks>();
    }
}
