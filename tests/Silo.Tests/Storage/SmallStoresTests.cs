using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Grains.Storage;
using NeetoDeploy.Silo.Storage;

namespace NeetoDeploy.Silo.Tests.Storage;

public sealed class SmallStoresTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Work_is_listed_until_it_ends(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var work = new UnfinishedWork(test.Database);
        var (build, dyno) = (new WorkItem("build", "app/1"), new WorkItem("dyno", "app/web.1"));
        await work.BeginAsync(dyno, Cancel);
        await work.BeginAsync(build, Cancel);
        await work.BeginAsync(build, Cancel);

        await test.ReopenAsync();
        work = new UnfinishedWork(test.Database);
        Assert.Equal([build, dyno], await work.ListAsync(Cancel));
        await work.EndAsync(build, Cancel);
        await work.EndAsync(build, Cancel);
        Assert.Equal([dyno], await work.ListAsync(Cancel));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Each_app_has_one_route(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var store = new RouteStore(test.Database);
        var (app, other) = (new AppId(Guid.NewGuid()), new AppId(Guid.NewGuid()));
        await store.PutAsync(Route(app), Cancel);
        await store.PutAsync(Route(other), Cancel);
        var serving = Route(app) with
        {
            State = RouteState.Serving,
            Targets = [new RouteTarget(DynoName.Parse("web.1"), new ReleaseVersion(3), "10.0.0.2", 5000)],
        };
        await store.PutAsync(serving, Cancel);
        await store.RemoveAsync(other, Cancel);

        await test.ReopenAsync();

        var loaded = Assert.Single(await new RouteStore(test.Database).LoadAsync(Cancel));
        Assert.Equal(serving.Targets, loaded.Targets);
        Assert.Equal(serving.Hosts, loaded.Hosts);
        Assert.Equal(serving with { Targets = loaded.Targets, Hosts = loaded.Hosts }, loaded);
    }

    private static AppRoute Route(AppId app) => new(app, AppName.Parse("shop"), RouteState.Blank, ["shop.localhost"], []);
}
