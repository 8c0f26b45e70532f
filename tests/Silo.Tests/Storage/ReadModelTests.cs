using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Silo.Storage;

namespace NeetoDeploy.Silo.Tests.Storage;

public sealed class ReadModelTests(PostgresServer postgres)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    private readonly AccountRef owner = new(new AccountId(Guid.NewGuid()), "owner@example.com");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Pages_cover_the_list_once_and_in_order(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        await PutAppsAsync(test.Database, 25);
        var seen = new List<string>();
        string? last = null;
        bool more;
        do
        {
            var page = await new ReadModel(test.Database).ListAppsAsync(
                owner.Id,
                new("name", last, last is not null, null, 10, false),
                Cancel
            );
            seen.AddRange(page.Rows.Select(app => app.Name.ToString()));
            (last, more) = (seen[^1], page.HasMore);
        } while (more);

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"app-{i:00}"), seen);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task A_range_has_both_bounds_and_either_direction(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        await PutAppsAsync(test.Database, 10);
        var model = new ReadModel(test.Database);

        var up = await model.ListAppsAsync(owner.Id, new("name", "app-03", false, "app-05", 100, false), Cancel);
        var down = await model.ListAppsAsync(owner.Id, new("name", "app-05", true, "app-03", 100, true), Cancel);

        Assert.Equal(["app-03", "app-04", "app-05"], up.Rows.Select(app => app.Name.ToString()));
        Assert.Equal(["app-04", "app-03"], down.Rows.Select(app => app.Name.ToString()));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Times_are_compared_as_times(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        await PutAppsAsync(test.Database, 5);

        var page = await new ReadModel(test.Database).ListAppsAsync(
            null,
            new("created_at", "2026-11-24T11:00:02+01:00", false, null, 100, false),
            Cancel
        );

        Assert.Equal(["app-02", "app-03", "app-04"], page.Rows.Select(app => app.Name.ToString()));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task A_list_shows_only_what_is_owned_or_shared(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var writer = new ReadModelWriter(test.Database);
        var friend = new AccountId(Guid.NewGuid());
        var shared = App(1, Start);
        await writer.PutAppAsync(shared, [owner.Id, friend], Cancel);
        await writer.PutAppAsync(App(2, Start), [owner.Id], Cancel);

        Assert.Equal([shared.Id], await IdsAsync(test.Database, friend));
        await writer.PutAppAsync(shared, [owner.Id], Cancel);
        Assert.Empty(await IdsAsync(test.Database, friend));
        Assert.Equal(2, (await IdsAsync(test.Database, null)).Length);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task An_older_version_never_replaces_a_newer_one(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var writer = new ReadModelWriter(test.Database);
        var newer = App(1, Start) with { UpdatedAt = Start.AddTicks(1), Maintenance = true, Features = ["log-runtime-metrics"] };
        await writer.PutAppAsync(newer, [owner.Id], Cancel);

        await writer.PutAppAsync(newer with { UpdatedAt = Start, Maintenance = false }, [], Cancel);

        var page = await new ReadModel(test.Database).ListAppsAsync(owner.Id, new("id", null, false, null, 10, false), Cancel);
        Assert.Equivalent(newer, Assert.Single(page.Rows), strict: true);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task A_slug_leads_to_the_app_in_which_it_was_uploaded_or_built(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var (model, writer) = (new ReadModel(test.Database), new ReadModelWriter(test.Database));
        var (app, slug) = (App(1, Start), Guid.NewGuid());
        var build = Build(app.Id);
        await writer.PutBuildAsync(build, Cancel);
        await writer.PutSlugAsync(slug, app.Id, Cancel);
        await writer.PutSlugAsync(slug, app.Id, Cancel);

        Assert.Equal(app.Id, await model.FindAppOfSlugAsync(slug, Cancel));
        Assert.Equal(app.Id, await model.FindAppOfSlugAsync(build.Id.Value, Cancel));
        Assert.Null(await model.FindAppOfSlugAsync(Guid.NewGuid(), Cancel));

        await writer.RemoveAppAsync(app.Id, Cancel);
        Assert.Null(await model.FindAppOfSlugAsync(slug, Cancel));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task An_app_takes_its_builds_with_it(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var (model, writer) = (new ReadModel(test.Database), new ReadModelWriter(test.Database));
        var app = App(1, Start);
        await writer.PutAppAsync(app, [owner.Id], Cancel);
        var build = Build(app.Id);
        await writer.PutBuildAsync(build, Cancel);
        var range = new PageRange("started_at", null, false, null, 10, true);
        Assert.Equivalent(build, Assert.Single((await model.ListBuildsAsync(app.Id, range, Cancel)).Rows), strict: true);
        await writer.RemoveBuildAsync(build.Id, Cancel);
        Assert.Empty((await model.ListBuildsAsync(app.Id, range, Cancel)).Rows);
        await writer.PutBuildAsync(build, Cancel);

        await writer.RemoveAppAsync(app.Id, Cancel);

        Assert.Empty((await model.ListBuildsAsync(app.Id, range, Cancel)).Rows);
        Assert.Empty(await IdsAsync(test.Database, null));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task A_list_by_an_unknown_field_is_refused(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);

        await Assert.ThrowsAsync<ArgumentException>(() =>
            new ReadModel(test.Database).ListAppsAsync(null, new("id; DROP TABLE app_index", null, false, null, 10, false), Cancel)
        );
    }

    private async Task PutAppsAsync(Database database, int count)
    {
        var writer = new ReadModelWriter(database);
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => writer.PutAppAsync(App(i, Start.AddSeconds(i)), [owner.Id], Cancel)));
    }

    private static async Task<ImmutableArray<AppId>> IdsAsync(Database database, AccountId? account) =>
        [
            .. (await new ReadModel(database).ListAppsAsync(account, new("id", null, false, null, 100, false), Cancel)).Rows.Select(app =>
                app.Id
            ),
        ];

    private AppView App(int number, DateTimeOffset at) =>
        new(
            new AppId(Guid.NewGuid()),
            AppName.Parse($"app-{number:00}"),
            owner,
            "neeto-12",
            "neeto-12",
            false,
            at,
            at,
            null,
            null,
            null,
            [new BuildpackRef("heroku/nodejs")],
            []
        );

    private BuildView Build(AppId app) =>
        new(
            new BuildId(Guid.NewGuid()),
            app,
            BuildStatus.Failed,
            "neeto-12",
            new SourceRef("file:///source.tgz", "v1", null),
            [],
            owner,
            new OutputId(Guid.NewGuid()),
            [new PhaseTiming(BuildPhase.Detect, TimeSpan.FromMilliseconds(105))],
            new BuildFailure(BuildPhase.Build, 51, "failed"),
            null,
            null,
            1,
            Start,
            Start
        );
}
