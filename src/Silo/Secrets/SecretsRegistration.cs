using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Silo.Secrets;

internal static class SecretsRegistration
{
    public static IServiceCollection AddNeetoSecrets(this IServiceCollection services, InstallationSecrets secrets) =>
        services.AddSingleton<ISecretBox>(_ => new SecretBox(secrets.KeyFor("sealed secrets")));
}
