using System.Diagnostics;
using Dapper;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Teams;
using NeetoDeploy.Silo.Storage;

namespace NeetoDeploy.Silo.Tests.Storage;

/// <summary>What people look for in the list of apps.</summary>
public sealed class AppSearchTests(PostgresServer postgres)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    private readonly AccountRef me = new(new AccountId(Guid.NewGuid()), "me@example.com");
    private readonly AccountRef other = new(new AccountId(Guid.NewGuid()), "other@example.com");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Names_that_begin_with_the_text_come_before_those_that_contain_it(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        await PutAsync(test.Database, ["a-shop", "shop", "shopping", "store", "workshop"]);

        Assert.Equal(["shop", "shopping", "a-shop", "workshop"], await NamesAsync(test.Database, Mine with { Text = "shop" }));
        Assert.Equal(["a-shop"], await NamesAsync(test.Database, Mine with { Text = "-s" }));
        foreach (var wild in (string[])["%", "_", "sh_p", "!", "'"])
            Assert.Empty(await NamesAsync(test.Database, Mine with { Text = wild }));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Favourites_come_first_or_alone(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var apps = await PutAsync(test.Database, ["alpha", "beta", "gamma"]);
        var starred = Mine with { Favourites = [apps[2].Id, new AppId(Guid.NewGuid())] };

        Assert.Equal(["gamma", "alpha", "beta"], await NamesAsync(test.Database, starred));
        Assert.Equal(["gamma"], await NamesAsync(test.Database, starred with { OnlyFavourites = true }));
        Assert.Empty(await NamesAsync(test.Database, Mine with { OnlyFavourites = true }));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Apps_are_found_by_how_they_are_and_whose_they_are(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var writer = new ReadModelWriter(test.Database);
        await writer.PutAppAsync(App("mine", me) with { Status = AppStatus.Crashed }, [me.Id, other.Id], Cancel);
        await writer.PutAppAsync(App("shared", other) with { Status = AppStatus.Up }, [other.Id, me.Id], Cancel);
        await writer.PutAppAsync(App("foreign", other) with { Status = AppStatus.Up }, [other.Id], Cancel);

        Assert.Equal(["mine", "shared"], await NamesAsync(test.Database, Mine));
        Assert.Equal(["foreign", "mine", "shared"], await NamesAsync(test.Database, Mine, Admin));
        Assert.Equal(["mine"], await NamesAsync(test.Database, Mine with { Ownership = AppOwnership.Mine }));
        foreach (var seesAll in (bool[])[true, false])
            Assert.Equal(["shared"], await NamesAsync(test.Database, Mine with { Ownership = AppOwnership.Shared }, seesAll ? Admin : Me));
        Assert.Equal(["shared"], await NamesAsync(test.Database, Mine with { Statuses = [AppStatus.Up] }));
        Assert.Equal(["mine", "shared"], await NamesAsync(test.Database, Mine with { Statuses = [AppStatus.Up, AppStatus.Crashed] }));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task A_teams_apps_are_found_by_who_may_see_them(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        var (writer, acme) = (new ReadModelWriter(test.Database), new TeamRef(new TeamId(Guid.NewGuid()), TeamName.Parse("acme")));
        await writer.PutAppAsync(App("own", me), [me.Id], Cancel);
        await writer.PutAppAsync(App("common", me) with { Team = acme }, [me.Id, other.Id], Cancel);

        Assert.Equal(["common"], await NamesAsync(test.Database, Mine with { Team = acme.Id }));
        Assert.Empty(
            await NamesAsync(
                test.Database,
                Mine with
                {
                    Team = acme.Id,
                },
                new Actor(new AccountId(Guid.NewGuid()), "stranger@example.com", false)
            )
        );
        Assert.Equal(["own"], await NamesAsync(test.Database, Mine with { Ownership = AppOwnership.Mine }));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Five_thousand_apps_are_searched_without_a_pause(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind, postgres);
        await PutAsync(test.Database, [.. Enumerable.Range(0, 5_000).Select(i => $"app-{i:0000}")]);
        var model = new ReadModel(test.Database);
        (Actor Who, AppQuery Query)[] questions =
        [
            (Me, Mine),
            (Me, Mine with { Skip = 4_900 }),
            (Admin, Mine with { Text = "49", Statuses = [AppStatus.New] }),
            (Me, Mine with { Statuses = [AppStatus.Crashed] }),
        ];
        int[] totals = [5_000, 5_000, 199, 0];
        foreach (var ((who, query), total) in questions.Zip(totals))
            Assert.Equal(total, (await model.FindAppsAsync(who, query, Cancel)).Total);

        var took = new List<double>();
        foreach (var (who, query) in Enumerable.Repeat(questions, 10).SelectMany(all => all))
        {
            var start = Stopwatch.GetTimestamp();
            await model.FindAppsAsync(who, query, Cancel);
            took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        took.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: median {took[20]:0.0} ms, slowest {took[^1]:0.0} ms");
        Assert.True(took[20] < 250, $"Half of the questions took {took[20]:0} ms or longer.");
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task Rows_from_before_have_their_owner_and_their_formations_are_asked_how_they_are(DatabaseKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("neeto-storage-").FullName;
        await using (var database = Database.Open(kind == DatabaseKind.Postgres ? await postgres.CreateDatabaseAsync() : "", folder))
        {
            var app = App("shop", me);
            Directory.CreateDirectory(Path.Combine(folder, "db"));
            await database.WriteAsync(connection => InstallOldAsync(connection, database.Scripts, app), Cancel);

            await database.PrepareAsync(Cancel);

            Assert.Equal(["shop"], await NamesAsync(database, Mine with { Ownership = AppOwnership.Mine }));
            var found = Assert.Single((await new ReadModel(database).FindAppsAsync(Me, Mine, Cancel)).Rows);
            Assert.Equal(AppStatus.Unknown, found.Status);
            var work = Assert.Single(await new UnfinishedWork(database).ListAsync(Cancel));
            Assert.Equal(("formation", app.Id.ToString()), (work.Kind, work.Key));
        }
        Directory.Delete(folder, recursive: true);
    }

    private Actor Me => new(me.Id, me.Email, IsAdmin: false);

    private Actor Admin => Me with { IsAdmin = true };

    private static AppQuery Mine => new(AppOwnership.Any, "", [], [], false, 0, 100);

    private static async Task InstallOldAsync(System.Data.Common.DbConnection connection, SchemaScripts scripts, AppView app)
    {
        await connection.ExecuteAsync("CREATE TABLE neeto_schema (id text NOT NULL PRIMARY KEY)");
        foreach (var (id, sql) in scripts.Numbered().TakeWhile(script => string.CompareOrdinal(script.Id, "005") < 0))
        {
            await connection.ExecuteAsync(sql);
            await connection.ExecuteAsync("INSERT INTO neeto_schema (id) VALUES (@id)", new { id });
        }
        await connection.ExecuteAsync(
            """
            INSERT INTO app_index (id, name, created_at, updated_at, view) VALUES (@id, 'shop', @at, @at, @view);
            INSERT INTO app_member (app_id, account_id) VALUES (@id, @account);
            """,
            new
            {
                id = app.Id.ToString(),
                at = Keyset.Text(Start),
                view = System
                    .Text.Json.JsonSerializer.Serialize(app, StorageJson.Options)
                    .Replace(",\"status\":\"Unknown\"", "", StringComparison.Ordinal),
                account = app.Owner.Id.ToString(),
            }
        );
    }

    private async Task<List<AppView>> PutAsync(Database database, string[] names)
    {
        var (writer, apps) = (new ReadModelWriter(database), names.Select(name => App(name, me)).ToList());
        await Task.WhenAll(apps.Select(app => writer.PutAppAsync(app, [me.Id], Cancel)));
        return apps;
    }

    private async Task<List<string>> NamesAsync(Database database, AppQuery query, Actor? who = null)
    {
        var found = await new ReadModel(database).FindAppsAsync(who ?? Me, query, Cancel);
        Assert.Equal(found.Rows.Length, found.Total);
        return [.. found.Rows.Select(app => app.Name.ToString())];
    }

    private static AppView App(string name, AccountRef owner) =>
        new(new AppId(Guid.NewGuid()), AppName.Parse(name), owner, "neeto-12", "neeto-12", false, Start, Start, null, null, null, [], [])
        {
            Status = name.StartsWith("app-", StringComparison.Ordinal) ? AppStatus.New : AppStatus.Unknown,
        };
}
