using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Grains.Interfaces.Accounts;

/// <summary>
/// A program that waits until somebody lets it sign in as them, with a browser. Key: the login's id. Nothing is stored: who has not consented within minutes,
/// or while the control plane restarts, begins anew.
/// </summary>
[Alias("neeto.ILoginGrain")]
public interface ILoginGrain : IGrainWithStringKey
{
    /// <summary>Lets the program sign in as the caller.</summary>
    [RequiresAccount, Alias("Approve")]
    Task ApproveAsync();

    /// <summary>Who has consented; null while nobody has. The answer is given once.</summary>
    [PlatformOnly, Alias("Take")]
    Task<Actor?> TakeAsync();
}
