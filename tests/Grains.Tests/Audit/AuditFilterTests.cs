using System.Collections.Immutable;
using System.Text.Json;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Runs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Audit;
using NeetoDeploy.Grains.Tests.Accounts;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Audit;

public sealed class AuditFilterTests : ClusterTests
{
    private static readonly Actor Owner = People.Make("owner@example.com");
    private static readonly Actor Stranger = People.Make("stranger@example.com");
    private static readonly Actor Admin = People.Make("admin@example.com", isAdmin: true);
    private static readonly CallOrigin Home = new("192.0.2.7", "dashboard");

    private readonly AppId app = new(Guid.NewGuid());

    [Fact]
    public async Task A_change_is_written_down_with_who_made_it_from_where_and_what_was_before()
    {
        await CreateAsync();
        await Grains.App(app).SetMaintenanceAsync(true);
        await Grains.App(app).RenameAsync(AppName.Parse("store"));

        var (rename, maintenance, create) = await ReadAsync() switch
        {
            [var third, var second, var first] => (third, second, first),
            var other => throw new Xunit.Sdk.XunitException($"There are {other.Length} entries."),
        };
        Assert.Equal(("app: create", "shop", Owner.Email, Home), (create.Action, create.Subject, create.Account.Email, create.From));
        Assert.Contains(new AuditChange("name", null, "shop"), create.Changes);
        Assert.Equal(("app: set maintenance", app), (maintenance.Action, maintenance.App));
        Assert.Equal([new AuditChange("maintenance", "off", "on")], maintenance.Changes);
        Assert.Equal([new AuditChange("name", "shop", "store")], rename.Changes);
        Assert.True(create.Time <= maintenance.Time && maintenance.Time <= rename.Time);
    }

    [Fact]
    public async Task Of_config_vars_there_are_names_and_never_values()
    {
        await CreateAsync();
        await SetAsync("PASSWORD", "first-secret");
        await SetAsync("PASSWORD", "second-secret");
        await SetAsync("PASSWORD", null);

        var entries = await ReadAsync();
        Assert.Equal(
            [("•••", null), ("•••", "•••"), (null, "•••")],
            entries[..3]
                .Select(entry => entry.Changes.Single(change => change.Name == "config var PASSWORD"))
                .Select(c => (c.Before, c.After))
        );
        Assert.DoesNotContain("-secret", JsonSerializer.Serialize(entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passwords_and_tokens_are_never_in_it()
    {
        CallContext.Act(Admin);
        await Grains.Account("dev@example.com").CreateAsync(isAdmin: false);
        await Grains.Account("dev@example.com").SetPasswordAsync(null, "a short sentence");
        var token = (await Grains.Account("dev@example.com").CreateTokenAsync("laptop", null)).Value;

        var entries = await ReadAsync();
        Assert.Equal(["account: create token", "account: set password", "account: create"], entries.Select(entry => entry.Action));
        Assert.Equal(("dev@example.com", "laptop"), (entries[0].Subject, entries[0].Detail));
        var text = JsonSerializer.Serialize(entries);
        Assert.DoesNotContain("a short sentence", text, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Secret!, text, StringComparison.Ordinal);
        Assert.DoesNotContain(GrainKeys.TokenKey(token.Secret!), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_only_read_or_refused_or_a_matter_of_taste_or_the_platforms_own_is_not_in_it()
    {
        await CreateAsync();
        await Grains.AppName(AppName.Parse("shop")).ResolveAsync();
        await Grains.App(app).GetAsync();
        await Grains.Releases(app).GetConfigVarsAsync();
        await Grains.Run(app, new RunId(Guid.NewGuid())).CheckOperatorAsync();
        Assert.True((await Grains.Favourites(Owner.Id).SetAsync(app, isFavourite: true)).IsOk);
        Assert.False((await Grains.App(app).SetStackAsync("no-such-stack")).IsOk);
        CallContext.Act(Stranger);
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.App(app).SetMaintenanceAsync(true));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.Run(app, new RunId(Guid.NewGuid())).CheckOperatorAsync());
        CallContext.Act(Actor.Platform);
        await Grains.App(app).ReconcileAsync();

        Assert.Equal(["app: create"], (await ReadAsync()).Select(entry => entry.Action));
    }

    [Fact]
    public async Task A_destroyed_app_keeps_its_name_in_it()
    {
        await CreateAsync();
        await Grains.App(app).DestroyAsync();
        var entry = (await ReadAsync())[0];
        Assert.Equal(("app: destroy", "shop"), (entry.Action, entry.Subject));
        Assert.Contains(new AuditChange("name", "shop", null), entry.Changes);
    }

    [Fact]
    public async Task Only_administrators_read_it()
    {
        CallContext.Act(Owner);
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.Installation().ReadAuditAsync(new(null, null, null, 10)));
    }

    [Fact]
    public async Task A_change_that_has_been_made_is_told_so_also_when_the_log_cannot_take_it()
    {
        await CreateAsync();
        Cluster.Audit.FailNextAppend();

        var changed = await Grains.App(app).SetMaintenanceAsync(true);

        Assert.True(changed.IsOk && (await Grains.App(app).GetAsync())!.Maintenance);
        await Grains.App(app).SetMaintenanceAsync(false);
        Assert.Equal(["app: set maintenance", "app: create"], (await ReadAsync()).Select(entry => entry.Action));
    }

    /// <summary>The test goes on as the owner: what an asynchronous method says would not reach it.</summary>
    private Task CreateAsync()
    {
        CallContext.Act(Owner);
        CallContext.ComeFrom(Home);
        return Grains.App(app).CreateAsync(new CreateApp("shop", null));
    }

    private async Task SetAsync(string name, string? value) =>
        Assert.True(
            (await Grains.Releases(app).UpdateConfigVarsAsync(ImmutableSortedDictionary<string, string?>.Empty.Add(name, value))).IsOk
        );

    private async Task<ImmutableArray<AuditEntry>> ReadAsync()
    {
        CallContext.Act(Admin);
        return await Grains.Installation().ReadAuditAsync(new AuditQuery(null, null, null, 100));
    }
}
