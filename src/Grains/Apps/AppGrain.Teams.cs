using System.Collections.Immutable;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Teams;

namespace NeetoDeploy.Grains.Apps;

/// <summary>Whose the app is: an account's, or a team's.</summary>
public sealed partial class AppGrain
{
    public async Task<AppRole> GetRoleAsync(AccountId account)
    {
        var role = RoleOf(account);
        if (!IsAlive || role == AppRole.Owner || state.Value.Team is not { } team)
            return role;
        var inTeam = AccessPolicy.RoleInApps(await GrainFactory.Team(team.Name).GetRoleAsync(account));
        return inTeam > role ? inTeam : role;
    }

    public async Task<AppRole> GetOwnRoleAsync() => CallContext.Actor!.IsAdmin ? AppRole.Owner : await GetRoleAsync(CallContext.Actor.Id);

    public async Task<ImmutableArray<TeamMemberView>> ListTeamMembersAsync() =>
        IsAlive && state.Value.Team is { } team ? await GrainFactory.Team(team.Name).ListMembersAsync() : [];

    public Task TeamChangedAsync() => IsAlive ? IndexAsync() : Task.CompletedTask;

    public async Task<Result<AppView>> GiveToTeamAsync(TeamName team)
    {
        var (to, refused) = await FindTeamAsync(team);
        if (refused is not null)
            return refused;
        // The team before the app: what it lists too much does no harm.
        await GrainFactory.Team(team).SetAppAsync(id, isOwned: true);
        return await GiveAsync(s => s with { Team = to }, team.ToString());
    }

    public async Task<Result<AppView>> GiveToAccountAsync(string email)
    {
        if (await GrainFactory.Account(email).GetAsync() is not { } account)
            return new Error(ErrorCodes.AccountNotFound, $"There is no account {email}.");
        var owner = new AccountRef(account.Id, account.Email);
        return await GiveAsync(
            s => s with { Team = null, Owner = owner, Collaborators = s.Collaborators.RemoveAll(one => one.Account.Id == owner.Id) },
            account.Email
        );
    }

    private async Task<Result<AppView>> GiveAsync(Func<AppState, AppState> change, string to)
    {
        var from = state.Value.Team;
        var given = await ChangeAsync(change);
        if (given.IsOk)
            appLog.Say($"Transferred to {to} by user {User.Email}");
        if (given.IsOk && from is not null && from.Name != state.Value.Team?.Name)
            await GrainFactory.Team(from.Name).SetAppAsync(id, isOwned: false);
        return given;
    }

    /// <summary>The team that the caller gives an app to; null for none.</summary>
    private async Task<(TeamRef? Team, Error? Refused)> FindTeamAsync(TeamName? name)
    {
        if (name is not { } wanted)
            return (null, null);
        var actor = CallContext.Actor!;
        var team = GrainFactory.Team(wanted);
        var role = await team.GetRoleAsync(actor.Id);
        if (!AccessPolicy.Allows(actor, role, TeamAction.View) || await team.GetAsync() is not { } found)
            return (null, new Error(ErrorCodes.TeamNotFound, $"There is no team {wanted}, or you are not in it."));
        return AccessPolicy.Allows(actor, role, TeamAction.AddApps)
            ? (new TeamRef(found.Id, found.Name), null)
            : (
                null,
                new Error(
                    ErrorCodes.TeamNotAllowed,
                    $"Viewers of {wanted} add no apps to it. Ask one of its administrators for another role."
                )
            );
    }

    /// <summary>Whose lists show the app.</summary>
    private async Task<ImmutableArray<AccountId>> ListMembersAsync()
    {
        var s = state.Value;
        var inTeam = s.Team is { } team
            ? (await GrainFactory.Team(team.Name).ListMembersAsync()).Select(member => member.Account.Id)
            : [s.Owner!.Id];
        return [.. inTeam.Union(s.Collaborators.Select(one => one.Account.Id))];
    }
}
