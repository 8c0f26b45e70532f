using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Tests.Accounts;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Apps;

/// <summary>What lists show to whom.</summary>
public sealed class AppListGrainTests : ClusterTests
{
    private static readonly PageRange All = new("name", null, false, null, 1000, false);
    private static readonly AppQuery Any = new(AppOwnership.Any, "", [], [], false, 0, 10);

    private readonly Actor owner = People.Make("owner@example.com");
    private readonly Actor stranger = People.Make("stranger@example.com");
    private readonly Actor admin = People.Make("admin@example.com", isAdmin: true);

    [Fact]
    public async Task People_find_what_they_may_see_whatever_they_ask()
    {
        var app = await CreateAsync();

        Assert.Equal([app], await FindAsync(owner));
        Assert.Equal([app], await FindAsync(admin));
        Assert.Empty(await FindAsync(stranger));
    }

    [Fact]
    public async Task Only_administrators_list_what_others_have()
    {
        var app = await CreateAsync();

        Assert.Equal([app], await ListAsync(owner, owner.Id));
        Assert.Equal([app], await ListAsync(admin, owner.Id));
        Assert.Equal([app], await ListAsync(admin, of: null));
        Assert.Empty(await ListAsync(stranger, stranger.Id));
        await Assert.ThrowsAsync<AccessDeniedException>(() => ListAsync(stranger, owner.Id));
        await Assert.ThrowsAsync<AccessDeniedException>(() => ListAsync(stranger, of: null));
    }

    [Fact]
    public async Task An_apps_builds_and_slugs_are_for_those_who_may_see_it()
    {
        var app = await CreateAsync();
        CallContext.Act(Actor.Platform);
        var build = await Cluster.DeployAsync(app);

        CallContext.Act(owner);
        Assert.Equal([build.Id], (await Grains.App(app).ListBuildsAsync(PageRange.Newest(10))).Rows.Select(listed => listed.Id));
        Assert.Equal(app, await Grains.AppList().FindOfSlugAsync(build.Id.Value));
        CallContext.Act(stranger);
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.App(app).ListBuildsAsync(PageRange.Newest(10)));
        Assert.Null(await Grains.AppList().FindOfSlugAsync(build.Id.Value));
    }

    private async Task<AppId> CreateAsync()
    {
        CallContext.Act(owner);
        var id = new AppId(Guid.NewGuid());
        Assert.True((await Grains.App(id).CreateAsync(new CreateApp(null, null))).IsOk);
        return id;
    }

    private async Task<IEnumerable<AppId>> FindAsync(Actor actor)
    {
        CallContext.Act(actor);
        return (await Grains.AppList().FindAsync(Any)).Rows.Select(app => app.Id);
    }

    private async Task<IEnumerable<AppId>> ListAsync(Actor actor, AccountId? of)
    {
        CallContext.Act(actor);
        return (await Grains.AppList().ListAsync(of, All)).Rows.Select(app => app.Id);
    }
}
