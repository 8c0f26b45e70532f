using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Accounts;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Accounts;

public sealed class AccountGrainTests : ClusterTests
{
    private const string Email = "dev@example.com";

    [Fact]
    public async Task An_account_is_created_once()
    {
        var created = (await Grains.Account(Email).CreateAsync(isAdmin: true)).Value;
        Assert.Equal((Email, true), (created.Email, created.IsAdmin));
        Assert.Equal(ErrorCodes.AccountExists, (await Grains.Account("DEV@example.com").CreateAsync(isAdmin: false)).Error?.Code);
        Assert.Equal(ErrorCodes.AccountInvalidEmail, (await Grains.Account("nobody").CreateAsync(isAdmin: false)).Error?.Code);
    }

    [Fact]
    public async Task A_token_stands_for_its_account_and_its_secret_is_stored_nowhere()
    {
        var account = (await Grains.Account(Email).CreateAsync(isAdmin: false)).Value;
        var token = (await Grains.Account(Email).CreateTokenAsync("laptop", lifetime: null)).Value;

        var found = await AuthenticateAsync(token);
        Assert.Equal(new Actor(account.Id, Email, IsAdmin: false), found?.Actor);
        Assert.Equal(token.Id, found?.TokenId);
        Assert.Null(Assert.Single(await Grains.Account(Email).ListTokensAsync()).Secret);
        Assert.DoesNotContain(token.Secret!, Cluster.States.Find(AccountState.Name, Email));
    }

    [Fact]
    public async Task An_unknown_an_expired_and_a_revoked_token_stand_for_nobody()
    {
        await Grains.Account(Email).CreateAsync(isAdmin: false);
        var hour = (await Grains.Account(Email).CreateTokenAsync("an hour", TimeSpan.FromHours(1))).Value;
        var ever = (await Grains.Account(Email).CreateTokenAsync("for ever", lifetime: null)).Value;

        Cluster.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await AuthenticateAsync(hour));
        Assert.NotNull(await AuthenticateAsync(ever));

        Assert.True((await Grains.Account(Email).RevokeTokenAsync(ever.Id)).IsOk);
        Assert.Null(await AuthenticateAsync(ever));
        Assert.Equal(ErrorCodes.TokenInvalid, (await Grains.Account(Email).RevokeTokenAsync(ever.Id)).Error?.Code);
        Assert.Null(await Grains.Token(new string('0', 64)).AuthenticateAsync());
    }

    [Fact]
    public async Task A_rotated_token_lives_its_whole_life_again_with_another_secret()
    {
        await Grains.Account(Email).CreateAsync(isAdmin: false);
        var old = (await Grains.Account(Email).CreateTokenAsync("an hour", TimeSpan.FromHours(1))).Value;
        Cluster.Clock.Advance(TimeSpan.FromMinutes(50));

        var rotated = (await Grains.Account(Email).RotateTokenAsync(old.Id)).Value;
        await Grains.Account(Email).DescribeTokenAsync(old.Id, "still an hour");

        Assert.Equal((old.Id, old.CreatedAt), (rotated.Id, rotated.CreatedAt));
        Assert.Null(await AuthenticateAsync(old));
        Cluster.Clock.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal(old.Id, (await AuthenticateAsync(rotated))?.TokenId);
        var again = (await Grains.Account(Email).RotateTokenAsync(old.Id)).Value;
        Assert.Equal(("still an hour", TimeSpan.FromHours(1)), (again.Description, again.ExpiresAt - again.UpdatedAt));
        Assert.Equal(ErrorCodes.TokenInvalid, (await Grains.Account(Email).RotateTokenAsync(Guid.NewGuid())).Error?.Code);
    }

    [Fact]
    public async Task A_rotation_that_fails_can_be_done_again()
    {
        await Grains.Account(Email).CreateAsync(isAdmin: false);
        var old = (await Grains.Account(Email).CreateTokenAsync("laptop", lifetime: null)).Value;
        Cluster.States.FailNextWrites();

        await Assert.ThrowsAnyAsync<Exception>(() => Grains.Account(Email).RotateTokenAsync(old.Id));
        Assert.NotNull(await AuthenticateAsync(old));

        var rotated = (await Grains.Account(Email).RotateTokenAsync(old.Id)).Value;
        Assert.Null(await AuthenticateAsync(old));
        Assert.NotNull(await AuthenticateAsync(rotated));
    }

    [Fact]
    public async Task A_token_that_the_installation_keeps_may_be_issued_at_every_start()
    {
        await Grains.Account(Email).CreateAsync(isAdmin: true);
        var (hash, id) = (new string('a', 64), Guid.NewGuid());
        await Grains.Token(hash).IssueAsync(Email, id, null);
        await Grains.Token(hash).IssueAsync(Email, id, null);
        Assert.True((await Grains.Token(hash).AuthenticateAsync())?.Actor.IsAdmin);
    }

    [Fact]
    public async Task Nobody_else_sees_an_account_or_makes_its_tokens()
    {
        await Grains.Account(Email).CreateAsync(isAdmin: false);
        CallContext.Act(People.Make("other@example.com"));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.Account(Email).GetAsync());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.Account(Email).ListTokensAsync());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.Account(Email).CreateTokenAsync("mine", null));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.Account(Email).DescribeTokenAsync(Guid.NewGuid(), "mine"));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.Account(Email).RotateTokenAsync(Guid.NewGuid()));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.Account(Email).RevokeTokenAsync(Guid.NewGuid()));
        CallContext.Act(People.Make(Email));
        Assert.NotNull(await Grains.Account(Email).GetAsync());
    }

    private Task<AuthenticatedToken?> AuthenticateAsync(TokenView token) => Grains.TokenOf(token.Secret!).AuthenticateAsync();
}
