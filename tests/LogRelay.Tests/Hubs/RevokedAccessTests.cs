using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Time.Testing;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.LogRelay.Hubs;
using NeetoDeploy.LogRelay.Logs;
using NeetoDeploy.LogRelay.Tests.Host;

namespace NeetoDeploy.LogRelay.Tests.Hubs;

public sealed class RevokedAccessTests(RelayFixture relay)
{
    private readonly FakeTimeProvider clock = new();
    private readonly FakeHubCallers callers = new();

    [Fact]
    public async Task A_reader_who_may_no_longer_see_the_app_reads_no_further()
    {
        var (owner, friend) = (RelayFixture.NewActor(), await NewAccountAsync());
        var app = await relay.NewAppAsync(owner);
        CallContext.Act(owner);
        Assert.True((await relay.Grains.App(app.Id).AddCollaboratorAsync(friend.Email)).IsOk);
        await relay.AppendAsync(app.Id, "before");
        await using var batches = HubOf(callers.Admit(friend))
            .Follow(app.Id.ToString(), null, new HubLogFilter("web", null), TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.Equal("before", (await HubReader.LinesAsync(batches, 1))[0].Text);

        CallContext.Act(owner);
        Assert.True((await relay.Grains.App(app.Id).RemoveCollaboratorAsync(friend.Email)).IsOk);
        clock.Advance(TimeSpan.FromSeconds(15));
        await relay.AppendAsync(app.Id, "after");

        var refusal = await Assert.ThrowsAsync<HubException>(() => HubReader.NextAsync(batches));
        Assert.StartsWith("app.not_found: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_whose_token_has_ended_reads_no_further()
    {
        var owner = RelayFixture.NewActor();
        var app = await relay.NewAppAsync(owner);
        await relay.AppendAsync(app.Id, "before");
        var token = callers.Admit(owner);
        await using var batches = HubOf(token)
            .Follow(app.Id.ToString(), null, new HubLogFilter("web", null), TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.Equal("before", (await HubReader.LinesAsync(batches, 1))[0].Text);

        callers.Expel(token);
        clock.Advance(TimeSpan.FromSeconds(15));
        await relay.AppendAsync(app.Id, "after");

        var refusal = await Assert.ThrowsAsync<HubException>(() => HubReader.NextAsync(batches));
        Assert.StartsWith("token.invalid: ", refusal.Message, StringComparison.Ordinal);
    }

    private LogHub HubOf(string token)
    {
        var hub = new LogHub(new LogFanout(relay.Grains, clock), relay.Grains, callers) { Context = new FakeCallerContext(token) };
        hub.OnConnectedAsync();
        return hub;
    }

    private async Task<Actor> NewAccountAsync()
    {
        CallContext.Act(Actor.Platform);
        var account = (await relay.Grains.Account($"a{Guid.NewGuid():N}@example.com").CreateAsync(false)).Value;
        return new Actor(account.Id, account.Email, account.IsAdmin);
    }
}
