using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces.Access;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Accounts;

/// <summary>The first sign-in of an installation, which gives it an administrator with a password. There is one.</summary>
[Alias("neeto.ISetupGrain")]
public interface ISetupGrain : IGrainWithStringKey
{
    /// <summary>Whether it has not been done yet.</summary>
    [PlatformOnly, AlwaysInterleave, Alias("IsOpen")]
    Task<bool> IsOpenAsync();

    /// <summary>Makes the account an administrator's, or gives the administrator that has this address a password; then this is closed for ever.</summary>
    [PlatformOnly, Alias("Complete")]
    Task<Result<Done>> CompleteAsync(string email, string password);
}
