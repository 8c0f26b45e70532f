using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Grains.Accounts;

/// <summary>Whether the account can be used.</summary>
public sealed partial class AccountGrain
{
    private Error? Deactivated =>
        state.Value.DeactivatedAt is null
            ? null
            : new(ErrorCodes.AccountDeactivated, $"The account {Email} has been deactivated. An administrator can activate it again.");

    public async Task<Result<AccountView>> SetActiveAsync(bool isActive)
    {
        if (state.Value.Id is null)
            return new Error(ErrorCodes.AccountNotFound, $"There is no account {Email}.");
        if (CallContext.Actor?.Email == Email)
            return OwnRights;
        if (isActive != (state.Value.DeactivatedAt is null))
        {
            var now = time.GetUtcNow();
            await state.CommitAsync(s => s with { DeactivatedAt = isActive ? null : now, UpdatedAt = now });
        }
        // Each time, so that asking again ends what a failure has left.
        if (!isActive)
            await EndUseAsync();
        return View()!;
    }

    private async Task EndUseAsync()
    {
        pending.Clear();
        await SignOutEverywhereAsync();
        foreach (var token in state.Value.Tokens)
            await GrainFactory.Token(token.Hash).ForgetHolderAsync();
    }
}
