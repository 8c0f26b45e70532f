using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Grains.Accounts;

[GrainType("login")]
public sealed class LoginGrain(TimeProvider time) : Grain, ILoginGrain
{
    private LoginView? waiting;
    private bool isApproved;
    private Actor? holder;

    public Task AnnounceAsync(LoginView login)
    {
        waiting ??= login;
        return Task.CompletedTask;
    }

    public Task<LoginView?> GetAsync() => Task.FromResult(isApproved || waiting?.ExpiresAt <= time.GetUtcNow() ? null : waiting);

    public async Task<Result<Done>> ApproveAsync()
    {
        if (await GetAsync() is null)
            return new Error(ErrorCodes.LoginOver, "Nobody waits for this login any more. Begin it again.");
        (isApproved, holder) = (true, CallContext.Actor);
        return new Done();
    }

    public Task<Actor?> TakeAsync()
    {
        var taken = holder;
        holder = null;
        return Task.FromResult(taken);
    }
}
