using System.Collections.Immutable;
using Microsoft.AspNetCore.Identity;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Grains.Accounts;

/// <summary>The account's password, and what signing in with it makes.</summary>
public sealed partial class AccountGrain
{
    private static readonly TimeSpan SessionLifetime = TimeSpan.FromDays(30);
    private static readonly PasswordHasher<string> Hasher = new();

    /// <summary>Checked where there is no password, so that the time of an answer does not tell which accounts exist.</summary>
    private static readonly Lazy<string> NobodysHash = new(() => Hasher.HashPassword("", Guid.NewGuid().ToString()));

    private readonly SignInThrottle throttle = new();

    private static Error WrongPassword => new(ErrorCodes.AccountWrongPassword, "E-mail address and password do not belong together.");

    public async Task<Result<Done>> SetPasswordAsync(string? current, string password)
    {
        AdmitOnlyTheHolder();
        if (state.Value.Id is null)
            return new Error(ErrorCodes.AccountNotFound, $"There is no account {Email}.");
        if (PasswordRules.Refuse(password) is { } weak)
            return weak;
        var isOwn = CallContext.Actor?.Email == Email;
        if (isOwn && state.Value.PasswordHash is not null && CheckPassword(current ?? "") is { } wrong)
            return wrong;
        var hash = Hasher.HashPassword(Email, password);
        await state.CommitAsync(s => s with { PasswordHash = hash, UpdatedAt = time.GetUtcNow() });
        await SignOutEverywhereAsync();
        return new Done();
    }

    public async Task<Result<TokenView>> SignInAsync(string password, string device)
    {
        if (CheckPassword(password) is { } wrong)
            return wrong;
        foreach (var expired in Sessions().Where(IsExpired).ToList())
            await RevokeAsync(expired);
        return await IssueAsync(device, SessionLifetime, isSession: true);
    }

    public Task<ImmutableArray<TokenView>> ListSessionsAsync()
    {
        AdmitOnlyTheHolder();
        return Task.FromResult<ImmutableArray<TokenView>>([.. Sessions().Where(session => !IsExpired(session)).Select(View)]);
    }

    public async Task SignOutEverywhereAsync()
    {
        AdmitOnlyTheHolder();
        foreach (var session in Sessions().ToList())
            await RevokeAsync(session);
    }

    private IEnumerable<StoredToken> Sessions() => state.Value.Tokens.Where(token => token.IsSession);

    private bool IsExpired(StoredToken token) => token.ExpiresAt <= time.GetUtcNow();

    private Error? CheckPassword(string password)
    {
        var now = time.GetUtcNow();
        if (throttle.PauseAt(now) is { Ticks: > 0 } pause)
            return new Error(
                ErrorCodes.AccountTooManyAttempts,
                $"There were several wrong passwords. Try again in {Math.Ceiling(pause.TotalSeconds):0} s."
            );
        var isRight =
            password.Length <= PasswordRules.Longest
            && Hasher.VerifyHashedPassword(Email, state.Value.PasswordHash ?? NobodysHash.Value, password)
                != PasswordVerificationResult.Failed
            && state.Value.PasswordHash is not null;
        if (!isRight)
        {
            throttle.Fail(now);
            return WrongPassword;
        }
        throttle.Succeed();
        return null;
    }
}
