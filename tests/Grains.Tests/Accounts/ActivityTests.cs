using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Accounts;

/// <summary>Accounts that cannot be used.</summary>
public sealed class ActivityTests : ClusterTests
{
    private const string Password = "a short sentence";

    private static readonly Actor Admin = People.Make("admin@example.com", isAdmin: true);

    private IAccountGrain Account => Grains.Account("dev@example.com");

    [Fact]
    public async Task A_deactivated_account_opens_nothing_from_that_moment()
    {
        var (session, token) = await UseAsync();

        CallContext.Act(Admin);
        Assert.False((await Account.SetActiveAsync(false)).Value.IsActive);

        CallContext.Act(Actor.Platform);
        Assert.Null(await Grains.TokenOf(session).AuthenticateAsync());
        Assert.Null(await Grains.TokenOf(token).AuthenticateAsync());
        Assert.Equal(ErrorCodes.AccountDeactivated, (await Account.SignInAsync(Password, "x")).Error?.Code);
        Assert.Equal(ErrorCodes.AccountWrongPassword, (await Account.SignInAsync("a short guess", "x")).Error?.Code);
        Assert.Equal(ErrorCodes.AccountDeactivated, (await Account.CreateTokenAsync("another", null)).Error?.Code);
    }

    [Fact]
    public async Task An_account_that_is_active_again_has_its_tokens_and_its_teams_and_no_old_session()
    {
        var (session, token) = await UseAsync();
        CallContext.Act(Actor.Platform);
        await Account.SetTeamAsync(Core.Teams.TeamName.Parse("acme"), isMember: true);
        CallContext.Act(Admin);
        await Account.SetActiveAsync(false);

        Assert.True((await Account.SetActiveAsync(true)).Value.IsActive);

        CallContext.Act(Actor.Platform);
        Assert.Null(await Grains.TokenOf(session).AuthenticateAsync());
        Assert.NotNull(await Grains.TokenOf(token).AuthenticateAsync());
        Assert.Single(await Account.ListTeamsAsync());
        Assert.True((await Account.SignInAsync(Password, "x")).IsOk);
    }

    [Fact]
    public async Task Nobody_deactivates_themselves_and_only_administrators_others()
    {
        await UseAsync();
        CallContext.Act(Actor.Platform);
        await Grains.Account(Admin.Email).CreateAsync(isAdmin: true);

        CallContext.Act(Admin);
        Assert.Equal(ErrorCodes.AccountOwnRights, (await Grains.Account(Admin.Email).SetActiveAsync(false)).Error?.Code);
        Assert.Equal(ErrorCodes.AccountNotFound, (await Grains.Account("nobody@example.com").SetActiveAsync(false)).Error?.Code);
        CallContext.Act(People.Make("other@example.com"));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Account.SetActiveAsync(false));
    }

    /// <summary>Secrets of a session and of a token that have been used.</summary>
    private async Task<(string Session, string Token)> UseAsync()
    {
        CallContext.Act(Actor.Platform);
        await Account.CreateAsync(isAdmin: false);
        await Account.SetPasswordAsync(null, Password);
        var session = (await Account.SignInAsync(Password, "Firefox on Linux")).Value.Session!.Secret!;
        var token = (await Account.CreateTokenAsync("laptop", null)).Value.Secret!;
        Assert.NotNull(await Grains.TokenOf(session).AuthenticateAsync());
        Assert.NotNull(await Grains.TokenOf(token).AuthenticateAsync());
        return (session, token);
    }
}
