using System.Collections.Immutable;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Tests.Accounts;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Apps;

public sealed class AppGrainTests : ClusterTests
{
    [Fact]
    public async Task A_new_app_has_a_name_an_owner_two_releases_and_a_default_domain()
    {
        var dev = People.Make("dev@example.com");
        CallContext.Act(dev);
        var id = new AppId(Guid.NewGuid());
        var app = (await Grains.App(id).CreateAsync(new CreateApp("shop", null))).Value;

        Assert.Equal(("shop", dev.Email, "neeto-12"), (app.Name.ToString(), app.Owner.Email, app.Stack));
        Assert.Equal(["Initial release", "Enable Logplex"], (await Grains.Releases(id).ListAsync()).Select(r => r.Description));
        var domain = Assert.Single(await Grains.App(id).ListDomainsAsync());
        Assert.Equal(("shop.localhost", true), (domain.Host, domain.IsDefault));
        Assert.Equal(AppRole.Owner, Assert.Single(await Grains.App(id).ListCollaboratorsAsync()).Role);
        Assert.Equal(id, await Grains.AppName(app.Name).ResolveAsync());
        Assert.Equal(app, Assert.Single((await ListAsync()).Rows));
    }

    [Fact]
    public async Task An_app_without_a_name_gets_one()
    {
        var id = await Grains.CreateAppAsync();
        Assert.Matches(@"\A[a-z]+-[a-z]+-\d{5}\z", (await Grains.App(id).GetAsync())!.Name.ToString());
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Shop")]
    [InlineData("1shop")]
    [InlineData("shop-")]
    [InlineData("shop;reboot")]
    [InlineData("shop\n")]
    [InlineData("../shop")]
    public async Task A_name_that_is_none_is_refused(string name)
    {
        var created = await Grains.App(new AppId(Guid.NewGuid())).CreateAsync(new CreateApp(name, null));
        Assert.Equal(ErrorCodes.AppInvalidName, created.Error?.Code);
    }

    [Fact]
    public async Task A_name_belongs_to_one_app()
    {
        await Grains.CreateAppAsync("shop");
        var second = await Grains.App(new AppId(Guid.NewGuid())).CreateAsync(new CreateApp("shop", null));
        Assert.Equal(ErrorCodes.AppNameTaken, second.Error?.Code);
    }

    [Fact]
    public async Task A_name_that_was_claimed_by_an_app_that_never_came_to_be_is_free()
    {
        await Grains.AppName(AppName.Parse("shop")).ClaimAsync(new AppId(Guid.NewGuid()));
        await Grains.CreateAppAsync("shop");
    }

    [Fact]
    public async Task Creating_an_app_again_answers_it_and_a_stranger_learns_nothing()
    {
        CallContext.Act(People.Make("dev@example.com"));
        var id = await Grains.CreateAppAsync("shop");
        Assert.Equal("shop", (await Grains.App(id).CreateAsync(new CreateApp("other", null))).Value.Name.ToString());
        CallContext.Act(People.Make("stranger@example.com"));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.App(id).CreateAsync(new CreateApp("other", null)));
    }

    [Fact]
    public async Task A_write_that_fails_creates_nothing_and_can_be_repeated()
    {
        var id = new AppId(Guid.NewGuid());
        Assert.Null(await Grains.App(id).GetAsync());
        Cluster.States.FailNextWrites();
        await Assert.ThrowsAnyAsync<Exception>(() => Grains.App(id).CreateAsync(new CreateApp("shop", null)));
        Assert.Null(await Grains.App(id).GetAsync());
        Assert.True((await Grains.App(id).CreateAsync(new CreateApp("shop", null))).IsOk);
    }

    [Fact]
    public async Task A_renamed_app_leaves_its_old_name_to_others()
    {
        var id = await Grains.CreateAppAsync("shop");
        await Grains.CreateAppAsync("taken");
        Assert.Equal(ErrorCodes.AppNameTaken, (await Grains.App(id).RenameAsync(AppName.Parse("taken"))).Error?.Code);

        Assert.Equal("store", (await Grains.App(id).RenameAsync(AppName.Parse("store"))).Value.Name.ToString());

        Assert.Equal("store.localhost", (await Grains.App(id).ListDomainsAsync())[0].Host);
        Assert.Contains((await ListAsync()).Rows, row => row.Id == id && row.Name.ToString() == "store");
        await Eventually.HoldsAsync("the old name is free", async () => await Grains.AppName(AppName.Parse("shop")).ResolveAsync() is null);
        await Grains.CreateAppAsync("shop");
    }

    [Fact]
    public async Task Settings_are_kept_and_unknown_ones_refused()
    {
        var id = await Grains.CreateAppAsync();
        var app = Grains.App(id);
        Assert.True((await app.SetMaintenanceAsync(true)).Value.Maintenance);
        Assert.Equal("neeto-13", (await app.SetStackAsync("neeto-13")).Value.BuildStack);
        Assert.Equal(ErrorCodes.StackUnknown, (await app.SetStackAsync("heroku-24")).Error?.Code);
        Assert.Equal(
            "heroku/nodejs",
            (await app.SetBuildpacksAsync([new BuildpackRef("urn:buildpack:heroku/nodejs")])).Value.Buildpacks[0].Url
        );
        Assert.Equal(ErrorCodes.BuildpackUnknown, (await app.SetBuildpacksAsync([new BuildpackRef("; id")])).Error?.Code);
        Assert.Contains(AppFeatures.DynoMetadata, (await app.SetFeatureAsync(AppFeatures.DynoMetadata, true)).Value.Features);
        Assert.Equal(ErrorCodes.FeatureUnknown, (await app.SetFeatureAsync("warp-drive", true)).Error?.Code);

        await Cluster.ForgetAsync(app);

        var view = (await app.GetAsync())!;
        Assert.Equal((true, "neeto-13", 1, 1), (view.Maintenance, view.BuildStack, view.Buildpacks.Length, view.Features.Count));
        Assert.Equal(2, (await Grains.Releases(id).ListAsync()).Length);
    }

    [Fact]
    public async Task Only_an_account_that_exists_becomes_a_collaborator_and_once()
    {
        var id = await Grains.CreateAppAsync();
        Assert.Equal(ErrorCodes.AccountNotFound, (await Grains.App(id).AddCollaboratorAsync("friend@example.com")).Error?.Code);
        var account = (await Grains.Account("friend@example.com").CreateAsync(isAdmin: false)).Value;

        Assert.Equal(AppRole.Collaborator, (await Grains.App(id).AddCollaboratorAsync("Friend@example.com")).Value.Role);
        Assert.Equal(ErrorCodes.CollaboratorExists, (await Grains.App(id).AddCollaboratorAsync("friend@example.com")).Error?.Code);
        Assert.Equal(id, Assert.Single((await Cluster.ReadModel.ListAppsAsync(account.Id, All, Cancel)).Rows).Id);

        Assert.True((await Grains.App(id).RemoveCollaboratorAsync("friend@example.com")).IsOk);
        Assert.Equal(AppRole.None, await Grains.App(id).GetRoleAsync(account.Id));
        Assert.Equal(ErrorCodes.CollaboratorNotFound, (await Grains.App(id).RemoveCollaboratorAsync("friend@example.com")).Error?.Code);
    }

    [Fact]
    public async Task A_custom_domain_leads_to_one_app_until_it_is_removed()
    {
        var (first, second) = (await Grains.CreateAppAsync(), await Grains.CreateAppAsync());
        Assert.Equal("www.example.com", (await Grains.App(first).AddDomainAsync("WWW.example.com")).Value.Host);
        Assert.Equal(ErrorCodes.DomainTaken, (await Grains.App(first).AddDomainAsync("www.example.com")).Error?.Code);
        Assert.Equal(ErrorCodes.DomainTaken, (await Grains.App(second).AddDomainAsync("www.example.com")).Error?.Code);
        Assert.Equal(ErrorCodes.DomainInvalid, (await Grains.App(second).AddDomainAsync("shop.localhost")).Error?.Code);

        Assert.True((await Grains.App(first).RemoveDomainAsync("www.example.com")).IsOk);
        Assert.Equal(ErrorCodes.DomainNotFound, (await Grains.App(first).RemoveDomainAsync("www.example.com")).Error?.Code);
        Assert.True((await Grains.App(second).AddDomainAsync("www.example.com")).IsOk);
    }

    private static PageRange All => new("name", null, false, null, 1000, false);

    private Task<Page<AppView>> ListAsync() => Cluster.ReadModel.ListAppsAsync(null, All, Cancel);
}
