using System.Collections.Concurrent;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Tests.Accounts;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Apps;

/// <summary>How apps are, in lists and in the news.</summary>
public sealed class AppStatusTests : ClusterTests
{
    private readonly Recorder recorder = new();

    [Fact]
    public async Task A_list_says_how_an_app_is_from_its_creation_to_its_end()
    {
        await Grains.AppNews().FollowAsync(Grains.CreateObjectReference<IAppNewsObserver>(recorder));
        var app = await TestApp.CreateAsync(Cluster);
        await IsAsync(app, AppStatus.New);
        await app.ReleaseAsync();
        await IsAsync(app, AppStatus.Up);

        await app.ScaleAsync("web", "0");
        await IsAsync(app, AppStatus.Stopped, () => Cluster.Clock.Advance(TimeSpan.FromSeconds(1)));
        await app.ScaleAsync("web", "1");
        await IsAsync(app, AppStatus.Up, () => Cluster.Clock.Advance(TimeSpan.FromSeconds(1)));
        await Grains.App(app.Id).SetMaintenanceAsync(true);
        await IsAsync(app, AppStatus.Maintenance);
        await Grains.App(app.Id).DestroyAsync();

        await Eventually.HoldsAsync("the end is told", () => recorder.News.Any(news => news.HasGone));
        Assert.Empty((await FindAsync()).Rows);
        Assert.All(recorder.News, news => Assert.Equal(app.Id, news.App));
        // Nothing is told that is not new.
        var told = recorder.Marked.OrderBy(pair => pair.Key).Select(pair => (pair.Value.Status, pair.Value.HasGone)).ToList();
        Assert.DoesNotContain(told.Zip(told.Skip(1)), pair => pair.First == pair.Second && pair.First.Status is AppStatus.Up);
    }

    [Fact]
    public async Task An_app_is_deploying_from_the_command_to_the_end_of_its_build()
    {
        var app = await Grains.CreateAppAsync();
        var hold = Cluster.Builder.Faults.Hold(nameof(IBuildDriver.RunAsync));
        var build = await Grains.StartBuildAsync(app);

        Assert.Equal(AppStatus.Deploying, Assert.Single((await FindAsync()).Rows).Status);
        hold.Release();
        await Cluster.BuildIsAsync(app, build, BuildStatus.Succeeded);

        await Eventually.SeesAsync("the app is up", FindAsync, found => found.Rows is [{ Status: AppStatus.Up }]);
    }

    [Fact]
    public async Task How_an_app_is_outlives_the_silo()
    {
        var app = await TestApp.ReleasedAsync(Cluster);
        await IsAsync(app, AppStatus.Up);

        await Cluster.CrashAsync();

        Assert.Equal(AppStatus.Up, (await Grains.App(app.Id).GetAsync())!.Status);
    }

    [Fact]
    public async Task Who_loses_an_app_is_told_as_well()
    {
        var app = await Grains.CreateAppAsync();
        var friend = (await Grains.Account("friend@example.com").CreateAsync(isAdmin: false)).Value;
        await Grains.App(app).AddCollaboratorAsync(friend.Email);
        await Grains.AppNews().FollowAsync(Grains.CreateObjectReference<IAppNewsObserver>(recorder));

        await Grains.App(app).RemoveCollaboratorAsync(friend.Email);

        await Eventually.HoldsAsync("something is told", () => !recorder.News.IsEmpty);
        Assert.Contains(friend.Id, Assert.Single(recorder.News).Members);
    }

    [Fact]
    public async Task Favourites_are_a_persons_own()
    {
        var (me, app) = (People.Make("me@example.com"), new AppId(Guid.NewGuid()));
        CallContext.Act(me);
        Assert.True((await Grains.Favourites(me.Id).SetAsync(app, true)).IsOk);
        await Grains.Favourites(me.Id).SetAsync(app, true);
        Assert.Equal([app], await Grains.Favourites(me.Id).ListAsync());

        CallContext.Act(People.Make("other@example.com"));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.Favourites(me.Id).ListAsync());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.Favourites(me.Id).SetAsync(app, false));

        CallContext.Act(me);
        await Grains.Favourites(me.Id).SetAsync(app, false);
        Assert.Empty(await Grains.Favourites(me.Id).ListAsync());
    }

    private Task IsAsync(TestApp app, AppStatus status, Action? meanwhile = null) =>
        Eventually.SeesAsync(
            $"the list and the app say {status}",
            async () => ((await FindAsync()).Rows.FirstOrDefault()?.Status, (await Grains.App(app.Id).GetAsync())?.Status),
            seen => seen == (status, status),
            meanwhile
        );

    private Task<AppsFound> FindAsync() =>
        Cluster.ReadModel.FindAppsAsync(Actor.Platform, new(AppOwnership.Any, "", [], [], false, 0, 10), Cancel);

    private sealed class Recorder : IAppNewsObserver
    {
        public ConcurrentDictionary<long, AppNews> Marked { get; } = [];

        public ConcurrentBag<AppNews> News => [.. Marked.Values];

        public Task HeardAsync(NewsMark mark, AppNews news)
        {
            Marked[mark.Number] = news;
            return Task.CompletedTask;
        }
    }
}
