using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Accounts;

/// <summary>Who is an administrator.</summary>
public sealed class RightsTests : ClusterTests
{
    private static readonly Actor Admin = People.Make("admin@example.com", isAdmin: true);

    [Fact]
    public async Task Rights_that_were_taken_end_sessions_and_reach_tokens_soon()
    {
        CallContext.Act(Actor.Platform);
        var account = Grains.Account("dev@example.com");
        await account.CreateAsync(isAdmin: true);
        await account.SetPasswordAsync(null, "a short sentence");
        var session = (await account.SignInAsync("a short sentence", "Firefox on Linux")).Value.Session!;
        var token = (await account.CreateTokenAsync("laptop", null)).Value;
        Assert.True((await Grains.TokenOf(token.Secret!).AuthenticateAsync())!.Actor.IsAdmin);

        CallContext.Act(Admin);
        Assert.False((await account.SetAdminAsync(false)).Value.IsAdmin);

        CallContext.Act(Actor.Platform);
        Assert.Null(await Grains.TokenOf(session.Secret!).AuthenticateAsync());
        Cluster.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.False((await Grains.TokenOf(token.Secret!).AuthenticateAsync())!.Actor.IsAdmin);
    }

    [Fact]
    public async Task Nobody_changes_their_own()
    {
        CallContext.Act(Actor.Platform);
        await Grains.Account(Admin.Email).CreateAsync(isAdmin: true);
        CallContext.Act(Admin);
        Assert.Equal(ErrorCodes.AccountOwnRights, (await Grains.Account(Admin.Email).SetAdminAsync(false)).Error?.Code);
    }

    [Fact]
    public async Task Everybody_is_listed_by_address()
    {
        CallContext.Act(Actor.Platform);
        await Grains.Account("zoe@example.com").CreateAsync(isAdmin: false);
        await Grains.Account("anna@example.com").CreateAsync(isAdmin: true);
        CallContext.Act(Admin);
        Assert.Equal(
            [("anna@example.com", true), ("zoe@example.com", false)],
            (await Grains.Installation().ListAccountsAsync()).Select(account => (account.Email, account.IsAdmin))
        );
    }
}
