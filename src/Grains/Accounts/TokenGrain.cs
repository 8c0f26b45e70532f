using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Accounts;

public sealed record TokenState : StoredState
{
    public const string Name = "token";

    /// <summary>The holder; null when the token is unknown or revoked.</summary>
    public string? Email { get; init; }

    public Guid TokenId { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}

[GrainType("token")]
public sealed class TokenGrain([PersistentState(TokenState.Name)] IPersistentState<TokenState> storage, TimeProvider time)
    : Grain,
        ITokenGrain
{
    private readonly Stored<TokenState> state = new(storage);

    private static readonly TimeSpan HolderKept = TimeSpan.FromSeconds(30);

    /// <summary>Kept for a while because every request asks for it, and rights of an account rarely change.</summary>
    private Actor? holder;

    private DateTimeOffset holderSeen;

    public Task IssueAsync(string email, Guid tokenId, DateTimeOffset? expiresAt)
    {
        var token = state.Value with { Email = email, TokenId = tokenId, ExpiresAt = expiresAt };
        return state.CommitAsync(s => s == token ? s : token);
    }

    public async Task<AuthenticatedToken?> AuthenticateAsync()
    {
        if (state.Value is not { Email: { } email } || state.Value.ExpiresAt <= time.GetUtcNow())
            return null;
        if (holder?.Email != email || time.GetUtcNow() - holderSeen > HolderKept)
        {
            holderSeen = time.GetUtcNow();
            holder = await GrainFactory.Account(email).GetAsync() is { IsActive: true } account
                ? new Actor(account.Id, account.Email, account.IsAdmin)
                : null;
        }
        return holder is { } actor && state.Value.Email == email ? new AuthenticatedToken(actor, state.Value.TokenId) : null;
    }

    public Task RevokeAsync() => state.ClearAsync();

    public Task ForgetHolderAsync()
    {
        holder = null;
        return Task.CompletedTask;
    }
}
