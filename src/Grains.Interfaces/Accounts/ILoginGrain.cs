using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces.Access;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Accounts;

/// <summary>
/// A program that waits until somebody lets it sign in as them, with a browser. Key: the login's id. Nothing is stored: who has not consented within minutes,
/// or while the control plane restarts, begins anew.
/// </summary>
[Alias("neeto.ILoginGrain")]
public interface ILoginGrain : IGrainWithStringKey
{
    /// <summary>Says who waits. Before that there is nothing to consent to; said again, it changes nothing.</summary>
    [PlatformOnly, Alias("Announce")]
    Task AnnounceAsync(LoginView login);

    /// <summary>Who waits; null when nobody does, when it has waited too long, or when somebody has consented already.</summary>
    [RequiresAccount, AlwaysInterleave, Alias("Get")]
    Task<LoginView?> GetAsync();

    /// <summary>Lets the program sign in as the caller. Refused where <see cref="GetAsync"/> answers null.</summary>
    [RequiresAccount, Alias("Approve")]
    Task<Result<Done>> ApproveAsync();

    /// <summary>Who has consented; null while nobody has. The answer is given once.</summary>
    [PlatformOnly, Alias("Take")]
    Task<Actor?> TakeAsync();
}

/// <summary>A program that waits.</summary>
/// <param name="Description">What it says of itself: a stranger may have written it.</param>
/// <param name="From">The address of the machine it runs on, as this installation sees it.</param>
[GenerateSerializer, Immutable, Alias("neeto.LoginView")]
public sealed record LoginView(
    [property: Id(0)] string Description,
    [property: Id(1)] string From,
    [property: Id(2)] DateTimeOffset ExpiresAt
);
