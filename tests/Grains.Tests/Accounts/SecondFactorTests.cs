using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Accounts;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Tests.Cluster;
using OtpNet;

namespace NeetoDeploy.Grains.Tests.Accounts;

/// <summary>Codes of an authenticator beside the password.</summary>
public sealed class SecondFactorTests : ClusterTests
{
    private const string Email = "dev@example.com";
    private const string Password = "a short sentence";

    private IAccountGrain Account => Grains.Account(Email);

    [Fact]
    public async Task A_session_takes_password_and_code_and_a_code_is_good_once()
    {
        var (secret, _) = await TurnOnAsync();
        var challenge = await ChallengeAsync();

        // The code that turned it on has been used.
        Assert.Equal(ErrorCodes.AccountWrongCode, await RefusalAsync(challenge, CodeOf(secret)));
        Tick();
        var code = CodeOf(secret);
        var session = (await Account.ConfirmSignInAsync(challenge, $"{code[..3]} {code[3..]}")).Value;

        Assert.Equal(Email, (await Grains.TokenOf(session.Secret!).AuthenticateAsync())?.Actor.Email);
        Assert.Equal("Firefox on Linux", Assert.Single(await Account.ListSessionsAsync()).Description);
        Assert.Equal(ErrorCodes.AccountSignInOver, await RefusalAsync(challenge, code));
        Assert.Equal(ErrorCodes.AccountWrongCode, await RefusalAsync(await ChallengeAsync(), code));
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public async Task Clocks_may_differ_by_one_step(int seconds, bool isGood)
    {
        var (secret, _) = await TurnOnAsync();
        Cluster.Clock.Advance(TimeSpan.FromMinutes(3));

        var answer = await Account.ConfirmSignInAsync(await ChallengeAsync(), CodeOf(secret, TimeSpan.FromSeconds(seconds)));

        Assert.Equal(isGood, answer.IsOk);
    }

    [Fact]
    public async Task A_code_without_the_right_password_is_worth_nothing()
    {
        var (secret, _) = await TurnOnAsync();
        Tick();

        Assert.Equal(ErrorCodes.AccountWrongPassword, (await Account.SignInAsync("a short Sentence", "x")).Error?.Code);
        Assert.Equal(ErrorCodes.AccountSignInOver, await RefusalAsync("", CodeOf(secret)));
        var challenge = await ChallengeAsync();
        Cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(ErrorCodes.AccountSignInOver, await RefusalAsync(challenge, CodeOf(secret)));

        challenge = await ChallengeAsync();
        Assert.True((await Account.SetPasswordAsync(current: null, "another sentence")).IsOk);
        Assert.Equal(ErrorCodes.AccountSignInOver, await RefusalAsync(challenge, CodeOf(secret)));
    }

    [Fact]
    public async Task Who_guesses_codes_is_slowed_down_though_the_password_is_right_each_time()
    {
        var (secret, _) = await TurnOnAsync();
        Tick();
        for (var i = 0; i < 5; i++)
            Assert.Equal(ErrorCodes.AccountWrongCode, await RefusalAsync(await ChallengeAsync(), "not a code"));

        Assert.Equal(ErrorCodes.AccountTooManyAttempts, (await Account.SignInAsync(Password, "x")).Error?.Code);
        Cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        var challenge = await ChallengeAsync();
        Assert.Equal(ErrorCodes.AccountWrongCode, await RefusalAsync(challenge, "000000x"));
        Assert.Equal(ErrorCodes.AccountTooManyAttempts, await RefusalAsync(challenge, CodeOf(secret)));
        Cluster.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True((await Account.ConfirmSignInAsync(challenge, CodeOf(secret))).IsOk);
    }

    [Fact]
    public async Task Each_recovery_code_is_good_once_and_new_ones_make_the_old_worthless()
    {
        var (_, codes) = await TurnOnAsync();
        Assert.Equal(10, codes.Distinct().Count());

        Assert.True((await Account.ConfirmSignInAsync(await ChallengeAsync(), codes[3].ToUpperInvariant())).IsOk);
        Assert.Equal(ErrorCodes.AccountWrongCode, await RefusalAsync(await ChallengeAsync(), codes[3]));
        Assert.Equal(9, (await Account.GetSecondFactorAsync()).RecoveryCodes);

        CallContext.Act(await HolderAsync());
        Assert.Equal(ErrorCodes.AccountWrongPassword, (await Account.RenewRecoveryCodesAsync("wrong")).Error?.Code);
        var renewed = (await Account.RenewRecoveryCodesAsync(Password)).Value;
        CallContext.Act(Actor.Platform);
        Assert.Equal(ErrorCodes.AccountWrongCode, await RefusalAsync(await ChallengeAsync(), codes[4]));
        Assert.True((await Account.ConfirmSignInAsync(await ChallengeAsync(), renewed[4])).IsOk);
    }

    [Fact]
    public async Task Neither_the_secret_nor_a_recovery_code_is_stored_and_both_outlive_a_crash()
    {
        var (secret, codes) = await TurnOnAsync();
        var stored = Cluster.States.Find(AccountState.Name, Email);
        Assert.DoesNotContain(secret, stored);
        Assert.All(codes, code => Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), stored));

        await Cluster.CrashAsync();
        Tick();

        Assert.True((await Account.ConfirmSignInAsync(await ChallengeAsync(), CodeOf(secret))).IsOk);
        Assert.True((await Account.ConfirmSignInAsync(await ChallengeAsync(), codes[0])).IsOk);
    }

    [Fact]
    public async Task It_is_turned_on_by_a_code_and_off_by_the_password()
    {
        await CreateAsync();
        CallContext.Act(await HolderAsync());
        Assert.Equal(ErrorCodes.AccountSecondFactorOff, (await Account.BeginSecondFactorAsync("000000")).Error?.Code);
        var old = (await Account.OfferSecondFactorAsync()).Value;
        var offer = (await Account.OfferSecondFactorAsync()).Value;
        Assert.StartsWith(
            $"otpauth://totp/NeetoDeploy:{Uri.EscapeDataString(Email)}?secret={offer.Secret}",
            offer.Address,
            StringComparison.Ordinal
        );
        Assert.Equal(ErrorCodes.AccountWrongCode, (await Account.BeginSecondFactorAsync(CodeOf(old.Secret))).Error?.Code);
        Assert.False((await Account.GetAsync())!.HasSecondFactor);

        Assert.True((await Account.BeginSecondFactorAsync(CodeOf(offer.Secret))).IsOk);
        Assert.True((await Account.GetAsync())!.HasSecondFactor);
        Assert.Equal(ErrorCodes.AccountSecondFactorOn, (await Account.OfferSecondFactorAsync()).Error?.Code);

        Assert.Equal(ErrorCodes.AccountWrongPassword, (await Account.EndSecondFactorAsync("wrong")).Error?.Code);
        Assert.True((await Account.EndSecondFactorAsync(Password)).IsOk);
        Assert.Equal(ErrorCodes.AccountSecondFactorOff, (await Account.EndSecondFactorAsync(Password)).Error?.Code);
        CallContext.Act(Actor.Platform);
        Assert.NotNull((await Account.SignInAsync(Password, "x")).Value.Session);
    }

    [Fact]
    public async Task Nobody_else_sees_or_changes_it()
    {
        await TurnOnAsync();
        CallContext.Act(People.Make("other@example.com"));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Account.GetSecondFactorAsync());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Account.OfferSecondFactorAsync());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Account.BeginSecondFactorAsync("000000"));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Account.RenewRecoveryCodesAsync(Password));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Account.EndSecondFactorAsync(Password));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Account.ConfirmSignInAsync("x", "000000"));

        // Whoever has lost everything asks an administrator.
        CallContext.Act(People.Make("admin@example.com", isAdmin: true));
        Assert.True((await Account.EndSecondFactorAsync(password: null)).IsOk);
    }

    private async Task CreateAsync()
    {
        await Account.CreateAsync(isAdmin: false);
        Assert.True((await Account.SetPasswordAsync(current: null, Password)).IsOk);
    }

    private async Task<(string Secret, ImmutableArray<string> Codes)> TurnOnAsync()
    {
        await CreateAsync();
        var secret = (await Account.OfferSecondFactorAsync()).Value.Secret;
        return (secret, (await Account.BeginSecondFactorAsync(CodeOf(secret))).Value);
    }

    private async Task<Actor> HolderAsync() => new((await Account.GetAsync())!.Id, Email, IsAdmin: false);

    private async Task<string> ChallengeAsync()
    {
        var answer = (await Account.SignInAsync(Password, "Firefox on Linux")).Value;
        Assert.Null(answer.Session);
        return answer.Challenge!;
    }

    private async Task<string?> RefusalAsync(string challenge, string code) =>
        (await Account.ConfirmSignInAsync(challenge, code)).Error?.Code;

    private void Tick() => Cluster.Clock.Advance(TimeSpan.FromSeconds(30));

    /// <summary>What an authenticator shows whose clock is ahead by so much.</summary>
    private string CodeOf(string secret, TimeSpan ahead = default) =>
        new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp((Cluster.Clock.GetUtcNow() + ahead).UtcDateTime);
}
