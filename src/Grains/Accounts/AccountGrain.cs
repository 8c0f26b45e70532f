using Microsoft.Extensions.Logging;
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
    IAccountIndex index,
    TimeProvider time,
    ILogger<AccountGrain> log
) : Grain, IAccountGrain
{
    private readonly Stored<AccountState> state = new(storage);

    private static Error OwnRights => new(ErrorCodes.AccountOwnRights, "No administrator does that to themselves; ask another one.");

    private string Email => this.GetPrimaryKeyString();

    public Task<Result<AccountView>> CreateAsync(bool isAdmin) => CreateAsync(isAdmin, password: null);

    public async Task<Result<AccountView>> EnrolAsync(string password) =>
        PasswordRules.Refuse(password) is { } weak ? weak : await CreateAsync(isAdmin: false, password);

    private async Task<Result<AccountView>> CreateAsync(bool isAdmin, string? password)
    {
        if (state.Value.Id is not null)
            return new Error(ErrorCodes.AccountExists, $"The account {Email} exists already.");
        if (EmailAddress.Refuse(Email) is { } error)
            return error;
        var now = time.GetUtcNow();
        var hash = password is null ? null : Hasher.HashPassword(Email, password);
        await state.CommitAsync(s =>
            s with
            {
                Id = new AccountId(Guid.NewGuid()),
                IsAdmin = isAdmin,
                PasswordHash = hash,
                CreatedAt = now,
                UpdatedAt = now,
            }
        );
        await IndexAsync();
        return View()!;
    }

    public async Task<Result<AccountView>> SetAdminAsync(bool isAdmin)
    {
        if (state.Value.Id is null)
            return new Error(ErrorCodes.AccountNotFound, $"There is no account {Email}.");
        if (CallContext.Actor?.Email == Email)
            return OwnRights;
        if (state.Value.IsAdmin != isAdmin)
        {
            await state.CommitAsync(s => s with { IsAdmin = isAdmin, UpdatedAt = time.GetUtcNow() });
            // Cookies say what their holder may do.
            await SignOutEverywhereAsync();
        }
        return View()!;
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (state.Value.Id is not null)
            await IndexAsync();
    }

    /// <summary>The list may lag behind, so a failure is only noted: the next activation writes it again.</summary>
    private async Task IndexAsync()
    {
        try
        {
            await index.PutAsync(Email, CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "The list of accounts does not show {Email}", Email);
        }
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
            ? new AccountView(id, Email, s.IsAdmin, s.CreatedAt, s.UpdatedAt, s.SecondFactor is not null, s.DeactivatedAt)
            : null;
}
