using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Teams;
using NeetoDeploy.Grains.Teams;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Teams;

/// <summary>People who own apps together.</summary>
public sealed class TeamGrainTests : ClusterTests
{
    private static readonly TeamName Acme = TeamName.Parse("acme");

    private ITeamGrain Team => Grains.Team(Acme);

    [Fact]
    public async Task Who_creates_a_team_owns_it_and_nobody_else_learns_of_it()
    {
        var owner = await CreateAsync();
        CallContext.Act(owner);

        Assert.Equal(
            (owner.Email, TeamRole.Owner),
            Assert.Single(await Team.ListMembersAsync()) is var member ? (member.Account.Email, member.Role) : default
        );
        Assert.Equal([Acme], await Grains.Account(owner.Email).ListTeamsAsync());
        Assert.Equal(ErrorCodes.TeamNameTaken, (await Team.CreateAsync()).Error?.Code);
        CallContext.Act(await NewAsync("stranger@example.com"));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Team.GetAsync());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Team.ListMembersAsync());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Team.InviteAsync("stranger@example.com", TeamRole.Owner));
    }

    [Fact]
    public async Task An_invitation_makes_an_account_that_joins_once()
    {
        CallContext.Act(await CreateAsync());
        var invitation = (await Team.InviteAsync("new@example.com", TeamRole.Member)).Value;
        Assert.Null(Assert.Single(await Team.ListInvitationsAsync()).Secret);

        CallContext.Act(Actor.Platform);
        Assert.DoesNotContain(invitation.Secret!, Cluster.States.Find(TeamState.Name, "acme"));
        Assert.Equal(ErrorCodes.AccountWeakPassword, (await Team.EnrolAsync(invitation.Secret!, "short")).Error?.Code);
        Assert.Equal(TeamRole.Member, (await Team.EnrolAsync(invitation.Secret!, "a short sentence")).Value.Role);

        Assert.NotNull((await Grains.Account("new@example.com").SignInAsync("a short sentence", "x")).Value.Session);
        Assert.False((await Grains.Account("new@example.com").GetAsync())!.IsAdmin);
        Assert.Equal([Acme], await Grains.Account("new@example.com").ListTeamsAsync());
        Assert.Null(await Team.FindInvitationAsync(invitation.Secret!));
        Assert.Equal(ErrorCodes.InvitationOver, (await Team.EnrolAsync(invitation.Secret!, "a short sentence")).Error?.Code);
    }

    [Fact]
    public async Task Who_has_an_account_joins_with_it_and_nobody_sets_its_password()
    {
        var owner = await CreateAsync();
        var friend = await NewAsync("friend@example.com");
        CallContext.Act(owner);
        var invitation = (await Team.InviteAsync(friend.Email, TeamRole.Viewer)).Value;
        CallContext.Act(Actor.Platform);
        Assert.Equal(ErrorCodes.AccountExists, (await Team.EnrolAsync(invitation.Secret!, "a short sentence")).Error?.Code);

        CallContext.Act(friend);
        Assert.Equal(ErrorCodes.InvitationOver, (await Team.JoinAsync("guessed")).Error?.Code);
        Assert.Equal(TeamRole.Viewer, (await Team.JoinAsync(invitation.Secret!)).Value.Role);
        Assert.Equal(TeamRole.Viewer, await Team.GetOwnRoleAsync());
    }

    [Fact]
    public async Task Who_made_an_account_and_did_not_get_into_the_team_joins_by_the_same_link()
    {
        CallContext.Act(await CreateAsync());
        var invitation = (await Team.InviteAsync("new@example.com", TeamRole.Member)).Value;
        CallContext.Act(Actor.Platform);
        // What is stored when the process dies between the account and the team.
        var account = (await Grains.Account("new@example.com").EnrolAsync("a short sentence")).Value;

        Assert.Equal(ErrorCodes.AccountExists, (await Team.EnrolAsync(invitation.Secret!, "another sentence")).Error?.Code);
        Assert.NotNull((await Grains.Account("new@example.com").SignInAsync("a short sentence", "x")).Value.Session);
        CallContext.Act(new Actor(account.Id, account.Email, IsAdmin: false));
        Assert.Equal(TeamRole.Member, (await Team.JoinAsync(invitation.Secret!)).Value.Role);
        Assert.Equal(ErrorCodes.InvitationOver, (await Team.JoinAsync(invitation.Secret!)).Error?.Code);
    }

    [Theory]
    [InlineData(TeamRole.Viewer)]
    [InlineData(TeamRole.Member)]
    public async Task Who_does_not_manage_members_gets_nobody_in_out_or_up(TeamRole role)
    {
        var owner = await CreateAsync();
        var intruder = await JoinAsync("intruder@example.com", role);
        var friend = await NewAsync("friend@example.com");

        CallContext.Act(intruder);
        await Assert.ThrowsAsync<AccessDeniedException>(() => Team.SetRoleAsync(intruder.Email, TeamRole.Owner));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Team.SetRoleAsync(owner.Email, TeamRole.Viewer));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Team.RemoveMemberAsync(owner.Email));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Team.InviteAsync(friend.Email, TeamRole.Owner));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Team.ListInvitationsAsync());
        Assert.Equal(role, await Team.GetOwnRoleAsync());
    }

    [Theory]
    [InlineData(TeamRole.None)]
    [InlineData((TeamRole)7)]
    public async Task Nobody_is_given_what_is_no_role(TeamRole role)
    {
        var owner = await CreateAsync();
        var member = await JoinAsync("member@example.com", TeamRole.Member);

        CallContext.Act(owner);
        Assert.Equal(ErrorCodes.TeamNotAllowed, (await Team.SetRoleAsync(member.Email, role)).Error?.Code);
        Assert.Equal(ErrorCodes.TeamNotAllowed, (await Team.InviteAsync("a@example.com", role)).Error?.Code);
    }

    [Fact]
    public async Task An_invitation_ends_after_seven_days_and_when_it_is_revoked_or_made_anew()
    {
        CallContext.Act(await CreateAsync());
        var old = (await Team.InviteAsync("a@example.com", TeamRole.Member)).Value;
        var again = (await Team.InviteAsync("a@example.com", TeamRole.Member)).Value;
        var revoked = (await Team.InviteAsync("b@example.com", TeamRole.Member)).Value;
        Assert.True((await Team.RevokeInvitationAsync(revoked.Id)).IsOk);
        Assert.Equal(ErrorCodes.InvitationOver, (await Team.RevokeInvitationAsync(revoked.Id)).Error?.Code);

        CallContext.Act(Actor.Platform);
        Assert.Null(await Team.FindInvitationAsync(old.Secret!));
        Assert.Null(await Team.FindInvitationAsync(revoked.Secret!));
        Assert.NotNull(await Team.FindInvitationAsync(again.Secret!));
        Cluster.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Null(await Team.FindInvitationAsync(again.Secret!));
        Assert.Empty(await Team.ListInvitationsAsync());
    }

    [Fact]
    public async Task Only_owners_make_owners_and_the_last_one_stays()
    {
        var owner = await CreateAsync();
        var admin = await JoinAsync("admin@example.com", TeamRole.Admin);
        var member = await JoinAsync("member@example.com", TeamRole.Member);

        CallContext.Act(admin);
        Assert.Equal(ErrorCodes.TeamNotAllowed, (await Team.SetRoleAsync(member.Email, TeamRole.Owner)).Error?.Code);
        Assert.Equal(ErrorCodes.TeamNotAllowed, (await Team.InviteAsync("x@example.com", TeamRole.Owner)).Error?.Code);
        Assert.Equal(ErrorCodes.TeamNotAllowed, (await Team.RemoveMemberAsync(owner.Email)).Error?.Code);
        Assert.Equal(TeamRole.Admin, (await Team.SetRoleAsync(member.Email, TeamRole.Admin)).Value.Role);

        CallContext.Act(owner);
        Assert.Equal(ErrorCodes.TeamLastOwner, (await Team.SetRoleAsync(owner.Email, TeamRole.Member)).Error?.Code);
        Assert.Equal(ErrorCodes.TeamLastOwner, (await Team.RemoveMemberAsync(owner.Email)).Error?.Code);
        Assert.True((await Team.SetRoleAsync(admin.Email, TeamRole.Owner)).IsOk);
        Assert.True((await Team.RemoveMemberAsync(owner.Email)).IsOk);
        Assert.Empty(await Grains.Account(owner.Email).ListTeamsAsync());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Team.GetAsync());
    }

    [Fact]
    public async Task A_role_in_the_team_is_a_role_in_its_apps_until_it_is_taken_away()
    {
        var owner = await CreateAsync();
        var (member, viewer) = (
            await JoinAsync("member@example.com", TeamRole.Member),
            await JoinAsync("viewer@example.com", TeamRole.Viewer)
        );
        var stranger = await NewAsync("stranger@example.com");
        CallContext.Act(viewer);
        Assert.Equal(ErrorCodes.TeamNotAllowed, (await NewAppAsync(Acme)).Error?.Code);
        CallContext.Act(stranger);
        Assert.Equal(ErrorCodes.TeamNotFound, (await NewAppAsync(Acme)).Error?.Code);
        CallContext.Act(member);
        var app = (await NewAppAsync(Acme)).Value;
        Assert.Equal((Acme, member.Email), (app.Team!.Name, app.Owner.Email));

        Assert.Equal(
            [AppRole.Owner, AppRole.Collaborator, AppRole.Viewer, AppRole.None],
            await RolesAsync(app.Id, owner, member, viewer, stranger)
        );
        CallContext.Act(viewer);
        Assert.NotNull(await Grains.App(app.Id).GetAsync());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.Releases(app.Id).GetConfigVarsAsync());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.App(app.Id).SetMaintenanceAsync(true));
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.Releases(app.Id).RollbackAsync("v1"));
        // Whoever created it owns it no more than others.
        CallContext.Act(member);
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.App(app.Id).DestroyAsync());

        CallContext.Act(owner);
        Assert.Equal([app.Id], await Team.ListAppsAsync());
        Assert.True((await Team.RemoveMemberAsync(viewer.Email)).IsOk);
        CallContext.Act(viewer);
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.App(app.Id).GetAsync());
    }

    [Fact]
    public async Task The_apps_of_a_team_are_in_the_lists_of_who_is_in_it()
    {
        var owner = await CreateAsync();
        CallContext.Act(owner);
        var app = (await NewAppAsync(Acme)).Value;
        var member = await JoinAsync("member@example.com", TeamRole.Member);

        Assert.Equal([app.Id], await ListAsync(member));
        CallContext.Act(owner);
        await Team.RemoveMemberAsync(member.Email);
        Assert.Empty(await ListAsync(member));
        Assert.Equal([app.Id], await ListAsync(owner));
    }

    [Fact]
    public async Task An_app_is_given_to_a_team_and_to_an_account()
    {
        var owner = await CreateAsync();
        var member = await JoinAsync("member@example.com", TeamRole.Member);
        var outsider = await NewAsync("outsider@example.com");
        CallContext.Act(outsider);
        var app = (await NewAppAsync(team: null)).Value.Id;
        Assert.Equal(ErrorCodes.TeamNotFound, (await Grains.App(app).GiveToTeamAsync(Acme)).Error?.Code);
        await Grains.App(app).AddCollaboratorAsync(owner.Email);

        Assert.True((await Grains.App(app).GiveToAccountAsync(owner.Email)).IsOk);
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.App(app).GetAsync());

        CallContext.Act(owner);
        Assert.Equal(Acme, (await Grains.App(app).GiveToTeamAsync(Acme)).Value.Team?.Name);
        Assert.Empty(await Grains.App(app).ListCollaboratorsAsync());
        Assert.Equal([AppRole.Owner, AppRole.Collaborator, AppRole.None], await RolesAsync(app, owner, member, outsider));

        CallContext.Act(owner);
        Assert.Null((await Grains.App(app).GiveToAccountAsync(member.Email)).Value.Team);
        Assert.Equal([AppRole.None, AppRole.Owner], await RolesAsync(app, owner, member));
        CallContext.Act(owner);
        Assert.Empty(await Team.ListAppsAsync());
    }

    [Fact]
    public async Task A_team_is_destroyed_by_an_owner_once_it_owns_no_app_and_its_name_is_not_given_again()
    {
        var owner = await CreateAsync();
        var admin = await JoinAsync("admin@example.com", TeamRole.Admin);
        CallContext.Act(owner);
        var invitation = (await Team.InviteAsync("late@example.com", TeamRole.Member)).Value;
        var app = (await NewAppAsync(Acme)).Value;

        CallContext.Act(admin);
        await Assert.ThrowsAsync<AccessDeniedException>(() => Team.DestroyAsync());
        CallContext.Act(owner);
        var refused = (await Team.DestroyAsync()).Error;
        Assert.Equal(ErrorCodes.TeamOwnsApps, refused?.Code);
        Assert.Contains(app.Name.ToString(), refused!.Message, StringComparison.Ordinal);
        await Grains.App(app.Id).GiveToAccountAsync(owner.Email);
        Assert.True((await Team.DestroyAsync()).IsOk);

        Assert.Empty(await Grains.Account(owner.Email).ListTeamsAsync());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Team.GetAsync());
        Assert.Equal(ErrorCodes.TeamNameTaken, (await Team.CreateAsync()).Error?.Code);
        CallContext.Act(Actor.Platform);
        Assert.Null(await Team.FindInvitationAsync(invitation.Secret!));
    }

    private async Task<Actor> CreateAsync()
    {
        var owner = await NewAsync("owner@example.com");
        CallContext.Act(owner);
        Assert.True((await Team.CreateAsync()).IsOk);
        return owner;
    }

    private async Task<Actor> NewAsync(string email)
    {
        CallContext.Act(Actor.Platform);
        var account = (await Grains.Account(email).CreateAsync(isAdmin: false)).Value;
        return new Actor(account.Id, email, IsAdmin: false);
    }

    private async Task<Actor> JoinAsync(string email, TeamRole role)
    {
        CallContext.Act(Actor.Platform);
        var invitation = (await Team.InviteAsync(email, role)).Value;
        Assert.True((await Team.EnrolAsync(invitation.Secret!, "a short sentence")).IsOk);
        return new Actor((await Grains.Account(email).GetAsync())!.Id, email, IsAdmin: false);
    }

    private Task<Result<AppView>> NewAppAsync(TeamName? team) =>
        Grains.App(new AppId(Guid.NewGuid())).CreateAsync(new CreateApp(null, null) { Team = team });

    private async Task<AppRole[]> RolesAsync(AppId app, params Actor[] actors)
    {
        CallContext.Act(Actor.Platform);
        return await Task.WhenAll(actors.Select(actor => Grains.App(app).GetRoleAsync(actor.Id)));
    }

    private async Task<AppId[]> ListAsync(Actor actor) =>
        [
            .. (await Cluster.ReadModel.ListAppsAsync(actor.Id, new PageRange("id", null, false, null, 10, false), Cancel)).Rows.Select(
                app => app.Id
            ),
        ];
}
