using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Accounts;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Tests.Cluster;
using NeetoDeploy.Grains.Tests.Storage;

namespace NeetoDeploy.Grains.Tests.Accounts;

/// <summary>Passwords, and what signing in with one makes.</summary>
public sealed class SessionTests : ClusterTests
{
    private const string Email = "dev@example.com";
    private const string Password = "a short sentence";

    private IAccountGrain Account => Grains.Account(Email);

    [Fact]
    public async Task Signing_in_makes_a_session_that_is_no_token_and_neither_secret_nor_password_is_stored()
    {
        await CreateAsync();

        var session = (await Account.SignInAsync(Password, "Firefox on Linux")).Value.Session!;

        Assert.Equal(Email, (await AuthenticateAsync(session))?.Actor.Email);
        Assert.Empty(await Account.ListTokensAsync());
        var listed = Assert.Single(await Account.ListSessionsAsync());
        Assert.Equal(("Firefox on Linux", null), (listed.Description, listed.Secret));
        var stored = Cluster.States.Find(AccountState.Name, Email);
        Assert.DoesNotContain(session.Secret!, stored);
        Assert.DoesNotContain(Password, stored);
        Cluster.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Null(await AuthenticateAsync(session));
        Assert.Empty(await Account.ListSessionsAsync());
    }

    [Fact]
    public async Task Nobody_signs_in_with_a_wrong_password_or_without_one_or_without_an_account()
    {
        await CreateAsync();
        await Grains.Account("machine@example.com").CreateAsync(isAdmin: false);

        foreach (
            var (email, password) in ((string, string)[])
                [(Email, "a short Sentence"), ("machine@example.com", ""), ("nobody@example.com", Password)]
        )
            Assert.Equal(ErrorCodes.AccountWrongPassword, (await Grains.Account(email).SignInAsync(password, "x")).Error?.Code);
    }

    [Fact]
    public async Task Who_guesses_is_slowed_down_and_the_right_password_ends_it()
    {
        await CreateAsync();
        for (var i = 0; i < 5; i++)
            Assert.Equal(ErrorCodes.AccountWrongPassword, (await Account.SignInAsync($"guess {i}", "x")).Error?.Code);

        Assert.Equal(ErrorCodes.AccountTooManyAttempts, (await Account.SignInAsync(Password, "x")).Error?.Code);
        Cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await Account.SignInAsync(Password, "x")).IsOk);
        Assert.Equal(ErrorCodes.AccountWrongPassword, (await Account.SignInAsync("guess", "x")).Error?.Code);
        Assert.True((await Account.SignInAsync(Password, "x")).IsOk);
    }

    [Fact]
    public async Task A_session_that_cannot_be_stored_is_no_wrong_try()
    {
        await CreateAsync();
        for (var i = 0; i < 10; i++)
        {
            Cluster.States.FailNextWrites();
            await Assert.ThrowsAnyAsync<Exception>(() => Account.SignInAsync(Password, "x"));
        }

        Assert.NotNull((await Account.SignInAsync(Password, "x")).Value.Session);
        Assert.Single(await Account.ListSessionsAsync());
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_sessions_and_leaves_tokens()
    {
        await CreateAsync();
        var token = (await Account.CreateTokenAsync("laptop", lifetime: null)).Value;
        TokenView[] sessions =
        [
            (await Account.SignInAsync(Password, "a")).Value.Session!,
            (await Account.SignInAsync(Password, "b")).Value.Session!,
        ];

        await Account.SignOutEverywhereAsync();

        Assert.Empty(await Account.ListSessionsAsync());
        foreach (var session in sessions)
            Assert.Null(await AuthenticateAsync(session));
        Assert.NotNull(await AuthenticateAsync(token));
    }

    [Fact]
    public async Task The_holder_shows_the_present_password_for_a_new_one_which_ends_all_sessions()
    {
        await CreateAsync();
        await Account.SignInAsync(Password, "a");
        var holder = new Actor((await Account.GetAsync())!.Id, Email, IsAdmin: false);

        CallContext.Act(holder);
        Assert.Equal(ErrorCodes.AccountWrongPassword, (await Account.SetPasswordAsync("wrong", "another sentence")).Error?.Code);
        Assert.Equal(ErrorCodes.AccountWeakPassword, (await Account.SetPasswordAsync(Password, "short")).Error?.Code);
        Assert.True((await Account.SetPasswordAsync(Password, "another sentence")).IsOk);
        Assert.Empty(await Account.ListSessionsAsync());

        CallContext.Act(Actor.Platform);
        Assert.False((await Account.SignInAsync(Password, "x")).IsOk);
        Assert.True((await Account.SignInAsync("another sentence", "x")).IsOk);
    }

    [Fact]
    public async Task Set_up_makes_the_administrator_once()
    {
        Assert.True(await Grains.Setup().IsOpenAsync());
        Assert.True(await Grains.Setup().IsOpenToAsync(FakeInstallation.SetupSecret));
        foreach (var guess in (string[])["", "another token", FakeInstallation.SetupSecret + " "])
        {
            Assert.False(await Grains.Setup().IsOpenToAsync(guess));
            Assert.Equal(ErrorCodes.SetupClosed, (await Grains.Setup().CompleteAsync(guess, Email, Password)).Error?.Code);
        }
        Assert.Equal(
            ErrorCodes.AccountWeakPassword,
            (await Grains.Setup().CompleteAsync(FakeInstallation.SetupSecret, Email, "short")).Error?.Code
        );
        Assert.Equal(
            ErrorCodes.AccountInvalidEmail,
            (await Grains.Setup().CompleteAsync(FakeInstallation.SetupSecret, "nobody", Password)).Error?.Code
        );

        Assert.True((await Grains.Setup().CompleteAsync(FakeInstallation.SetupSecret, Email, Password)).IsOk);

        Assert.True((await Account.GetAsync())!.IsAdmin);
        Assert.True((await Account.SignInAsync(Password, "x")).IsOk);
        await Cluster.CrashAsync();
        Assert.False(await Grains.Setup().IsOpenAsync());
        Assert.False(await Grains.Setup().IsOpenToAsync(FakeInstallation.SetupSecret));
        Assert.Equal(
            ErrorCodes.SetupClosed,
            (await Grains.Setup().CompleteAsync(FakeInstallation.SetupSecret, "other@example.com", Password)).Error?.Code
        );
    }

    [Fact]
    public async Task Set_up_does_not_make_an_administrator_of_an_account_that_is_none()
    {
        await CreateAsync();
        Assert.Equal(
            ErrorCodes.AccountExists,
            (await Grains.Setup().CompleteAsync(FakeInstallation.SetupSecret, Email, "another sentence")).Error?.Code
        );
    }

    private async Task CreateAsync()
    {
        await Account.CreateAsync(isAdmin: false);
        Assert.True((await Account.SetPasswordAsync(current: null, Password)).IsOk);
    }

    private Task<AuthenticatedToken?> AuthenticateAsync(TokenView token) => Grains.TokenOf(token.Secret!).AuthenticateAsync();
}
