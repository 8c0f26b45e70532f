using System.Collections.Immutable;
using System.Security.Cryptography;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Grains.Accounts;

/// <summary>The account's tokens.</summary>
public sealed partial class AccountGrain
{
    private const int SecretBytes = 32;

    private static Error NoSuchToken => new(ErrorCodes.TokenInvalid, "There is no such token.");

    public async Task<Result<TokenView>> CreateTokenAsync(string description, TimeSpan? lifetime)
    {
        AdmitOnlyTheHolder();
        if (state.Value.Id is null)
            return new Error(ErrorCodes.AccountNotFound, $"There is no account {Email}.");
        return Deactivated is { } refused ? refused : await IssueAsync(description, lifetime, isSession: false);
    }

    private async Task<TokenView> IssueAsync(string description, TimeSpan? lifetime, bool isSession)
    {
        var (secret, hash) = NewSecret();
        var now = time.GetUtcNow();
        var token = new StoredToken(Guid.NewGuid(), description, hash, now, now + lifetime) { IsSession = isSession };
        // The account first: a token that its holder cannot see could not be revoked.
        await state.CommitAsync(s => s with { Tokens = s.Tokens.Add(token), UpdatedAt = now });
        await GrainFactory.Token(token.Hash).IssueAsync(Email, token.Id, token.ExpiresAt);
        return View(token) with { Secret = secret };
    }

    public Task<ImmutableArray<TokenView>> ListTokensAsync()
    {
        AdmitOnlyTheHolder();
        return Task.FromResult<ImmutableArray<TokenView>>([.. state.Value.Tokens.Where(token => !token.IsSession).Select(View)]);
    }

    public async Task<Result<TokenView>> DescribeTokenAsync(Guid id, string description)
    {
        AdmitOnlyTheHolder();
        if (Find(id) is not { } token)
            return NoSuchToken;
        return View(await ReplaceAsync(token, token with { Description = description, UpdatedAt = time.GetUtcNow() }));
    }

    public async Task<Result<TokenView>> RotateTokenAsync(Guid id)
    {
        AdmitOnlyTheHolder();
        if (Find(id) is not { } token)
            return NoSuchToken;
        var (secret, hash) = NewSecret();
        var now = time.GetUtcNow();
        var lifetime = token.ExpiresAt - (token.RotatedAt ?? token.CreatedAt);
        var next = token with { Hash = hash, ExpiresAt = now + lifetime, UpdatedAt = now, RotatedAt = now };
        // The account last: whichever write fails, the old secret is either listed still or dead, and nobody has seen the new one.
        await GrainFactory.Token(hash).IssueAsync(Email, id, next.ExpiresAt);
        await GrainFactory.Token(token.Hash).RevokeAsync();
        return View(await ReplaceAsync(token, next)) with { Secret = secret };
    }

    public async Task<Result<TokenView>> RevokeTokenAsync(Guid id)
    {
        AdmitOnlyTheHolder();
        if (Find(id) is not { } token)
            return NoSuchToken;
        await RevokeAsync(token);
        return View(token);
    }

    private async Task RevokeAsync(StoredToken token)
    {
        // The token first: if the second write fails, it is revoked and still listed, and revoking it again is harmless.
        await GrainFactory.Token(token.Hash).RevokeAsync();
        await state.CommitAsync(s => s with { Tokens = s.Tokens.Remove(token), UpdatedAt = time.GetUtcNow() });
    }

    private StoredToken? Find(Guid id) => state.Value.Tokens.FirstOrDefault(token => token.Id == id);

    private async Task<StoredToken> ReplaceAsync(StoredToken token, StoredToken next)
    {
        await state.CommitAsync(s => s with { Tokens = s.Tokens.Replace(token, next), UpdatedAt = time.GetUtcNow() });
        return next;
    }

    private static (string Secret, string Hash) NewSecret()
    {
        var secret = $"neeto-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes))}";
        return (secret, GrainKeys.TokenKey(secret));
    }

    private static TokenView View(StoredToken token) =>
        new(token.Id, token.Description, null, token.CreatedAt, token.ExpiresAt, token.UpdatedAt ?? token.CreatedAt);
}
