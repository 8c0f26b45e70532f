using System.Net.WebSockets;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Dashboard.Runs;
using NeetoDeploy.Drivers.Fake.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Dashboard.Tests.Runs;

/// <summary>A console on the real grains, with fakes of the engine and the clock.</summary>
public sealed class ConsoleSessionTests : ClusterTests
{
    private const string Gone = """{"error":"You may not use this console any more."}""";

    private TestApp app = null!;
    private bool isSignedIn = true;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");
        Cluster.Engine.RunCommandLines(FakePrograms.RunUntilTerminated);
    }

    [Fact]
    public async Task A_console_ends_with_its_dyno_when_the_app_is_shared_with_its_user_no_longer()
    {
        var friend = await ShareAsync();
        using var browser = await BrowserSocket.ConnectAsync();
        var session = await StartAsync(browser, friend);

        CallContext.Act(Actor.Platform);
        Assert.True((await Grains.App(app.Id).RemoveCollaboratorAsync(friend.Email)).IsOk);

        await EndsAsync(browser, session);
    }

    [Fact]
    public async Task A_console_ends_with_its_dyno_when_its_users_session_has_ended()
    {
        var friend = await ShareAsync();
        using var browser = await BrowserSocket.ConnectAsync();
        var session = await StartAsync(browser, friend);

        isSignedIn = false;

        await EndsAsync(browser, session);
    }

    private async Task<Actor> ShareAsync()
    {
        CallContext.Act(Actor.Platform);
        var account = (await Grains.Account("friend@example.com").CreateAsync(isAdmin: false)).Value;
        Assert.True((await Grains.App(app.Id).AddCollaboratorAsync(account.Email)).IsOk);
        return new Actor(account.Id, account.Email, account.IsAdmin);
    }

    private async Task<Task> StartAsync(BrowserSocket browser, Actor who)
    {
        var session = new ConsoleSession(browser.Server, Grains, Cluster.Clock, () => Task.FromResult(isSignedIn));
        var carried = session.CarryAsync(app.Id, who, Cancel);
        await browser.SendAsync("""{"command": "bash"}"""u8.ToArray(), WebSocketMessageType.Text);
        Assert.StartsWith("""{"dyno":"run.""", await browser.HearAsync(), StringComparison.Ordinal);
        Assert.Equal(2, app.Observed().Count);
        return carried;
    }

    /// <summary>Told at the next look, which is after fifteen seconds.</summary>
    private async Task EndsAsync(BrowserSocket browser, Task session)
    {
        var said = browser.HearAsync();
        Cluster.Clock.Advance(TimeSpan.FromSeconds(14));
        Assert.False(said.IsCompleted);
        Cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Gone, await said);
        await Eventually.HoldsAsync(
            "the dyno is gone",
            () => app.Observed().Count == 1,
            () => Cluster.Clock.Advance(TimeSpan.FromSeconds(1))
        );
        Assert.False(session.IsFaulted);
    }
}
