using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Grains.Accounts;

[GrainType("login")]
public sealed class LoginGrain : Grain, ILoginGrain
{
    private Actor? holder;

    public Task ApproveAsync()
    {
        holder = CallContext.Actor;
        return Task.CompletedTask;
    }

    public Task<Actor?> TakeAsync()
    {
        var taken = holder;
        holder = null;
        return Task.FromResult(taken);
    }
}
