using System.Collections.Immutable;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Grains.Accounts;

/// <summary>The codes that signing in takes beside the password, for who wants that.</summary>
public sealed partial class AccountGrain
{
    /// <summary>A secret that an authenticator may have been given, and that has not been shown to work.</summary>
    private string? offered;

    private static Error WrongCode =>
        new(ErrorCodes.AccountWrongCode, "This code is wrong, or it has been used. Wait for the authenticator's next one.");

    private static Error NoSecondFactor => new(ErrorCodes.AccountSecondFactorOff, "There is no second factor.");

    public Task<SecondFactorView> GetSecondFactorAsync()
    {
        AdmitOnlyTheHolder();
        var factor = state.Value.SecondFactor;
        return Task.FromResult(new SecondFactorView(factor?.Since, factor?.RecoveryHashes.Length ?? 0));
    }

    public Task<Result<SecondFactorOffer>> OfferSecondFactorAsync()
    {
        AdmitOnlyTheHolder();
        return Task.FromResult(Offer());
    }

    public async Task<Result<ImmutableArray<string>>> BeginSecondFactorAsync(string code)
    {
        AdmitOnlyTheHolder();
        if (offered is not { } secret || state.Value.SecondFactor is not null)
            return new Error(ErrorCodes.AccountSecondFactorOff, "The set-up has to begin anew: the control plane was restarted meanwhile.");
        if (TimeCodes.FindStep(secret, RecoveryCodes.Plain(code), time.GetUtcNow()) is not { } step)
            return WrongCode;
        var codes = RecoveryCodes.New();
        var factor = new StoredSecondFactor(secrets.Seal(secret), time.GetUtcNow(), step, HashesOf(codes));
        await state.CommitAsync(s => s with { SecondFactor = factor, UpdatedAt = factor.Since });
        offered = null;
        return codes;
    }

    public async Task<Result<ImmutableArray<string>>> RenewRecoveryCodesAsync(string? password)
    {
        AdmitOnlyTheHolder();
        if (state.Value.SecondFactor is not { } factor)
            return NoSecondFactor;
        if (CheckHolder(password) is { } wrong)
            return wrong;
        var codes = RecoveryCodes.New();
        await state.CommitAsync(s => s with { SecondFactor = factor with { RecoveryHashes = HashesOf(codes) } });
        return codes;
    }

    public async Task<Result<Done>> EndSecondFactorAsync(string? password)
    {
        AdmitOnlyTheHolder();
        if (state.Value.SecondFactor is null)
            return NoSecondFactor;
        if (CheckHolder(password) is { } wrong)
            return wrong;
        await state.CommitAsync(s => s with { SecondFactor = null, UpdatedAt = time.GetUtcNow() });
        return new Done();
    }

    private Result<SecondFactorOffer> Offer()
    {
        if (state.Value.SecondFactor is not null)
            return new Error(ErrorCodes.AccountSecondFactorOn, "There is a second factor already. Turn it off before you set up another.");
        offered = TimeCodes.NewSecret();
        return new SecondFactorOffer(offered, TimeCodes.AddressOf(offered, Email));
    }

    /// <summary>Takes a code, so that it is good no more; null when it was good.</summary>
    private async Task<Error?> UseCodeAsync(StoredSecondFactor factor, string code)
    {
        var hash = RecoveryCodes.HashOf(code);
        var used =
            TimeCodes.FindStep(secrets.Open(factor.SealedSecret), RecoveryCodes.Plain(code), time.GetUtcNow()) is { } step
            && step > factor.LastStep
                ? factor with
                {
                    LastStep = step,
                }
            : factor.RecoveryHashes.Contains(hash) ? factor with { RecoveryHashes = factor.RecoveryHashes.Remove(hash) }
            : null;
        if (used is null)
        {
            throttle.Fail(time.GetUtcNow());
            return WrongCode;
        }
        await state.CommitAsync(s => s with { SecondFactor = used });
        return null;
    }

    private static ImmutableArray<string> HashesOf(IEnumerable<string> codes) => [.. codes.Select(RecoveryCodes.HashOf)];
}
