using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Accounts;

/// <summary>A program waits until somebody lets it sign in as them.</summary>
public sealed class LoginGrainTests : ClusterTests
{
    private readonly Guid id = Guid.NewGuid();

    private ILoginGrain Login => Grains.Login(id);

    [Fact]
    public async Task Consent_is_given_once_and_taken_once_and_by_the_platform_alone()
    {
        var dev = People.Make("dev@example.com");
        await AnnounceAsync();
        Assert.Null(await Login.TakeAsync());

        CallContext.Act(dev);
        Assert.Equal("CLI on <laptop>", (await Login.GetAsync())?.Description);
        Assert.True((await Login.ApproveAsync()).IsOk);
        await Assert.ThrowsAsync<AccessDeniedException>(() => Login.TakeAsync());

        CallContext.Act(People.Make("other@example.com"));
        Assert.Null(await Login.GetAsync());
        Assert.Equal(ErrorCodes.LoginOver, (await Login.ApproveAsync()).Error?.Code);

        CallContext.Act(Actor.Platform);
        Assert.Equal(dev, await Login.TakeAsync());
        Assert.Null(await Login.TakeAsync());
    }

    [Fact]
    public async Task Nobody_consents_to_what_nobody_has_asked_or_has_asked_too_long_ago()
    {
        CallContext.Act(People.Make("dev@example.com"));
        Assert.Equal(ErrorCodes.LoginOver, (await Login.ApproveAsync()).Error?.Code);
        await Assert.ThrowsAsync<AccessDeniedException>(AnnounceAsync);

        CallContext.Act(Actor.Platform);
        await AnnounceAsync();
        Cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(await Login.GetAsync());
        Assert.Equal(ErrorCodes.LoginOver, (await Login.ApproveAsync()).Error?.Code);
        Assert.Null(await Login.TakeAsync());
    }

    private Task AnnounceAsync() =>
        Login.AnnounceAsync(new LoginView("CLI on <laptop>", "127.0.0.1", Cluster.Clock.GetUtcNow().AddMinutes(10)));
}
