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

    /// <summary>Likewise, for who has a link with this token. It is compared in a time that says nothing about it.</summary>
    [PlatformOnly, AlwaysInterleave, Alias("IsOpenTo")]
    Task<bool> IsOpenToAsync(string token);

    /// <summary>Makes the account an administrator's, or gives the administrator that has this address a password; then this is closed for ever.</summary>
    /// <param name="token">What the link holds; with another one it is as if it were closed.</param>
    [PlatformOnly, Alias("Complete")]
    Task<Result<Done>> CompleteAsync(string token, string email, string password);
}
