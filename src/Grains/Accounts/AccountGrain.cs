using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Accounts;

[GrainType("account")]
public sealed class AccountGrain(
    [PersistentState(AccountState.Name)] IPersistentState<AccountState> storage,
    TimeProvider time) : Grain, IAccountGrain
{
    private const int SecretBytes = 32;

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

    public async Task<Result<TokenView>> CreateTokenAsync(string description, TimeSpan? lifetime)
    {
        AdmitOnlyTheHolder();
        if (state.Value.Id is null)
            return new Error(ErrorCodes.AccountNotFound, $"There is no account {Email}.");
        var secret = $"neeto-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes))}";
        var now = time.GetUtcNow();
        var token = new StoredToken(
            Guid.NewGuid(), description, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))), now, now + lifetime);
        // The account first: a token that its holder cannot see could not be revoked.
        await state.CommitAsync(s => s with { Tokens = s.Tokens.Add(token), UpdatedAt = now });
        await GrainFactory.Token(token.Hash).IssueAsync(Email, token.Id, token.ExpiresAt);
        return View(token) with { Secret = secret };
    }

    public Task<ImmutableArray<TokenView>> ListTokensAsync()
    {
        AdmitOnlyTheHolder();
        return Task.FromResult<ImmutableArray<TokenView>>([.. state.Value.Tokens.Select(View)]);
    }

    public async Task<Result<TokenView>> RevokeTokenAsync(Guid id)
    {
        AdmitOnlyTheHolder();
        if (state.Value.Tokens.FirstOrDefault(t => t.Id == id) is not { } token)
            return new Error(ErrorCodes.TokenInvalid, "There is no such token.");
        // The token first: if the second write fails, it is revoked and still listed, and revoking it again is harmless.
        await GrainFactory.Token(token.Hash).RevokeAsync();
        await state.CommitAsync(s => s with { Tokens = s.Tokens.Remove(token), UpdatedAt = time.GetUtcNow() });
        return View(token);
    }

    private void AdmitOnlyTheHolder()
    {
        if (CallContext.Actor is not { } actor || (!actor.IsAdmin && actor.Email != Email))
            throw new AccessDeniedException("An account is open to its holder and to administrators.");
    }

    private AccountView? View() => state.Value is { Id: { } id } s ? new AccountView(id, Email, s.IsAdmin, s.CreatedAt, s.UpdatedAt) : null;

    private static TokenView View(StoredToken token) => new(token.Id, token.Description, null, token.CreatedAt, token.ExpiresAt);
}
