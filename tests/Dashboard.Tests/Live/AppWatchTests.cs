using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Dashboard.Tests.Host;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Dashboard.Tests.Live;

public sealed class AppWatchTests(ClusterFixture cluster) : PageTests(cluster)
{
    private int told;

    [Theory]
    [InlineData(LogEntry.Platform, "web.1", true)]
    [InlineData(LogEntry.App, LogEntry.Api, true)]
    [InlineData(LogEntry.App, LogEntry.Build, true)]
    [InlineData(LogEntry.App, "web.1", false)]
    [InlineData(LogEntry.Platform, LogEntry.Router, false)]
    public void What_the_platform_says_of_an_app_is_news_and_what_dynos_and_routers_write_is_not(
        string source,
        string process,
        bool isNews
    ) => Assert.Equal(isNews, AppWatch.IsNews(new LogLine(1, new LogEntry(default, source, process, "text"))));

    [Fact]
    public async Task A_page_is_told_of_what_the_platform_says_and_of_a_state_that_has_changed()
    {
        using var leaving = new CancellationTokenSource();
        var app = await StartAsync((watch, id) => watch.FollowAsync(id, ToldAsync, leaving.Token));

        await TellsAsync(() => AppendAsync(app, "State changed from starting to up"));
        await TellsAsync(() => MaintainAsync(app));

        await leaving.CancelAsync();
    }

    [Fact]
    public async Task It_is_looked_again_every_ten_seconds_whatever_was_heard()
    {
        using var leaving = new CancellationTokenSource();
        await StartAsync((watch, id) => watch.FollowRowAsync(id, ToldAsync, leaving.Token));
        await TellsAsync();
        await TellsAsync();
        var before = Cluster.Clock.GetUtcNow();

        await TellsAsync();

        Assert.InRange(Cluster.Clock.GetUtcNow() - before, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(20));
        await leaving.CancelAsync();
    }

    private async Task<AppId> StartAsync(Func<AppWatch, AppId, Task> follow)
    {
        var owner = await NewAccountAsync();
        var app = await NewAppAsync(owner);
        SignIn(owner);
        _ = follow(Services.GetRequiredService<AppWatch>(), app.Id);
        return app.Id;
    }

    private Task ToldAsync()
    {
        Interlocked.Increment(ref told);
        return Task.CompletedTask;
    }

    /// <summary>Waits until it is told once more. It may not be listened yet when something happens for the first time.</summary>
    private Task TellsAsync(Func<Task>? happens = null)
    {
        var (before, start) = (Volatile.Read(ref told), Cluster.Clock.GetUtcNow());
        return Eventually.HoldsAsync(
            "it is told",
            async () =>
            {
                await (happens?.Invoke() ?? Task.CompletedTask);
                Assert.True(happens is null || Cluster.Clock.GetUtcNow() - start < TimeSpan.FromSeconds(9), "Only looking again tells.");
                return Volatile.Read(ref told) > before;
            },
            () => Cluster.Clock.Advance(TimeSpan.FromMilliseconds(50))
        );
    }

    private async Task AppendAsync(AppId app, string text)
    {
        CallContext.Act(Actor.Platform);
        await Cluster.Grains.Logs(app).AppendAsync([new LogEntry(Cluster.Clock.GetUtcNow(), LogEntry.Platform, "web.1", text)]);
    }

    private async Task MaintainAsync(AppId app)
    {
        CallContext.Act(Actor.Platform);
        var isOn = (await Cluster.Grains.App(app).GetAsync())!.Maintenance;
        Assert.True((await Cluster.Grains.App(app).SetMaintenanceAsync(!isOn)).IsOk);
    }
}
