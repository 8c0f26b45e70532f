using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Silo.Secrets;

namespace NeetoDeploy.Silo.Accounts;

/// <summary>Makes the administrator's account and its token known at every start; a start after the first changes nothing.</summary>
internal sealed class AdminRegistration(IGrainFactory grains, InstallationSecrets secrets) : IHostedService
{
    public const string Email = "admin@neeto.local";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        CallContext.Act(Actor.Platform);
        var created = await grains.Account(Email).CreateAsync(isAdmin: true);
        if (created.Error is { } error && error.Code != ErrorCodes.AccountExists)
            throw new InvalidOperationException($"The administrator's account cannot be made: {error}");
        var key = GrainKeys.TokenKey(secrets.AdminToken);
        await grains.Token(key).IssueAsync(Email, new Guid(Convert.FromHexString(key).AsSpan(0, 16)), expiresAt: null);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
