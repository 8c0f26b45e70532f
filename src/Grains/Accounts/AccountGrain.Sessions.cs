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
    private readonly PendingSignIns pending = new();

    private static Error WrongPassword => new(ErrorCodes.AccountWrongPassword, "E-mail address and password do not belong together.");

    public async Task<Result<Done>> SetPasswordAsync(string? current, string password)
    {
        AdmitOnlyTheHolder();
        if (state.Value.Id is null)
            return new Error(ErrorCodes.AccountNotFound, $"There is no account {Email}.");
        if (PasswordRules.Refuse(password) is { } weak)
            return weak;
        if (state.Value.PasswordHash is not null && CheckHolder(current) is { } wrong)
            return wrong;
        var hash = Hasher.HashPassword(Email, password);
        await state.CommitAsync(s => s with { PasswordHash = hash, UpdatedAt = time.GetUtcNow() });
        pending.Clear();
        await SignOutEverywhereAsync();
        return new Done();
    }

    public async Task<Result<SignInView>> SignInAsync(string password, string device)
    {
        if ((CheckPassword(password) ?? Deactivated) is { } refused)
            return refused;
        return state.Value.SecondFactor is null
            ? new SignInView(await BeginSessionAsync(device), Challenge: null)
            : new SignInView(Session: null, pending.Add(device, time.GetUtcNow()));
    }

    public async Task<Result<TokenView>> ConfirmSignInAsync(string challenge, string code)
    {
        if (CheckPause() is { } early)
            return early;
        if (pending.FindDevice(challenge, time.GetUtcNow()) is not { } device || state.Value.SecondFactor is not { } factor)
            return new Error(ErrorCodes.AccountSignInOver, "That took too long, or the password was changed meanwhile. Sign in again.");
        if (await UseCodeAsync(factor, code) is { } wrong)
            return wrong;
        pending.Remove(challenge);
        throttle.Succeed();
        return await BeginSessionAsync(device);
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

    private async Task<TokenView> BeginSessionAsync(string device)
    {
        foreach (var expired in Sessions().Where(IsExpired).ToList())
            await RevokeAsync(expired);
        return await IssueAsync(device, SessionLifetime, isSession: true);
    }

    private IEnumerable<StoredToken> Sessions() => state.Value.Tokens.Where(token => token.IsSession);

    private bool IsExpired(StoredToken token) => token.ExpiresAt <= time.GetUtcNow();

    /// <summary>What the holder must show for a change; an administrator who makes it for another need not.</summary>
    private Error? CheckHolder(string? password) => CallContext.Actor?.Email == Email ? CheckPassword(password ?? "") : null;

    private Error? CheckPause() =>
        throttle.PauseAt(time.GetUtcNow()) is { Ticks: > 0 } pause
            ? new Error(
                ErrorCodes.AccountTooManyAttempts,
                $"There were several wrong tries. Try again in {Math.Ceiling(pause.TotalSeconds):0} s."
            )
            : null;

    private Error? CheckPassword(string password)
    {
        if (CheckPause() is { } early)
            return early;
        var isRight =
            password.Length <= PasswordRules.Longest
            && Hasher.VerifyHashedPassword(Email, state.Value.PasswordHash ?? NobodysHash.Value, password)
                != PasswordVerificationResult.Failed
            && state.Value.PasswordHash is not null;
        if (!isRight)
        {
            throttle.Fail(time.GetUtcNow());
            return WrongPassword;
        }
        // Else whoever has found the password could guess codes without end.
        if (state.Value.SecondFactor is null)
            throttle.Succeed();
        return null;
    }
}
