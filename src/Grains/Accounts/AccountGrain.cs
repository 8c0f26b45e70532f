using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Accounts;

[GrainType("account")]
public sealed partial class AccountGrain(
    [PersistentState(AccountState.Name)] IPersistentState<AccountState> storage,
    ISecretBox secrets,
    TimeProvider time
) : Grain, IAccountGrain
{
    private readonly Stored<AccountState> state = new(storage);

    private string Email => this.GetPrimaryKeyString();

    public async Task<Result<AccountView>> CreateAsync(bool isAdmin)
    {
        if (state.Value.Id is not null)
            return new Error(ErrorCodes.AccountExists, $"The account {Email} exists already.");
        if (EmailAddress.Refuse(Email) is { } error)
            return error;
        var now = time.GetUtcNow();
        await state.CommitAsync(s => s with { Id = new AccountId(Guid.NewGuid()), IsAdmin = isAdmin, CreatedAt = now, UpdatedAt = now });
        return View()!;
    }

    public Task<AccountView?> GetAsync()
    {
        AdmitOnlyTheHolder();
        return Task.FromResult(View());
    }

    private void AdmitOnlyTheHolder()
    {
        if (CallContext.Actor is not { } actor || (!actor.IsAdmin && actor.Email != Email))
            throw new AccessDeniedException("An account is open to its holder and to administrators.");
    }

    private AccountView? View() =>
        state.Value is { Id: { } id } s
            ? new AccountView(id, Email, s.IsAdmin, s.CreatedAt, s.UpdatedAt, HasSecondFactor: s.SecondFactor is not null)
            : null;
}
