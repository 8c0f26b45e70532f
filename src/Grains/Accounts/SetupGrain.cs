using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Accounts;

public sealed record SetupState : StoredState
{
    public const string Name = "setup";

    /// <summary>Null: the installation waits for its administrator.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>What the link for the first sign-in holds: a secret of the installation. The host brings it.</summary>
public sealed record SetupToken(string Value);

[GrainType("setup")]
public sealed class SetupGrain(
    [PersistentState(SetupState.Name)] IPersistentState<SetupState> storage,
    SetupToken expected,
    TimeProvider time
) : Grain, ISetupGrain
{
    private readonly Stored<SetupState> state = new(storage);

    public Task<bool> IsOpenAsync() => Task.FromResult(state.Value.CompletedAt is null);

    public Task<bool> IsOpenToAsync(string token) => Task.FromResult(IsOpenTo(token));

    public async Task<Result<Done>> CompleteAsync(string token, string email, string password)
    {
        if (!IsOpenTo(token))
            return new Error(ErrorCodes.SetupClosed, "This installation has its administrator already. Sign in.");
        if (PasswordRules.Refuse(password) is { } weak)
            return weak;
        var account = GrainFactory.Account(email);
        // An account that a try before has made, which then failed, is the same administrator's.
        var created = await account.CreateAsync(isAdmin: true);
        if (created.Error is { } error && !(error.Code == ErrorCodes.AccountExists && (await account.GetAsync())!.IsAdmin))
            return error;
        if ((await account.SetPasswordAsync(current: null, password)).Error is { } refused)
            return refused;
        await state.CommitAsync(s => s with { CompletedAt = time.GetUtcNow() });
        return new Done();
    }

    private bool IsOpenTo(string token) =>
        state.Value.CompletedAt is null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(expected.Value));
}
