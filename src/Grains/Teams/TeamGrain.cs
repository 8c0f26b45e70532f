using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Teams;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Teams;

[GrainType("team")]
public sealed partial class TeamGrain(
    [PersistentState(TeamState.Name)] IPersistentState<TeamState> storage,
    TimeProvider time,
    ILogger<TeamGrain> log
) : Grain, ITeamGrain
{
    private readonly Stored<TeamState> state = new(storage);

    private string Key => this.GetPrimaryKeyString();

    private static Error NotFound => new(ErrorCodes.TeamNotFound, "Couldn't find that team.");

    private static Error NotInTeam(string email) => new(ErrorCodes.TeamMemberNotFound, $"{email} is not in this team.");

    public async Task<Result<TeamView>> CreateAsync()
    {
        if (!TeamName.TryParse(Key, null, out _))
            return new Error(
                ErrorCodes.TeamInvalidName,
                "A team's name has 2 to 30 lower-case letters, digits and hyphens, begins with a letter and does not end in a hyphen."
            );
        // Of a team that was destroyed the time is left: what still spoke of its name would speak of another's team.
        if (state.Value.CreatedAt != default)
            return new Error(ErrorCodes.TeamNameTaken, $"There is, or was, a team {Key} already.");
        var now = time.GetUtcNow();
        var owner = new StoredMember(Caller(), TeamRole.Owner, now);
        await state.CommitAsync(s => s with { Id = new TeamId(Guid.NewGuid()), CreatedAt = now, UpdatedAt = now, Members = [owner] });
        await TellAsync([owner.Account]);
        return View()!;
    }

    public async Task<Result<Done>> DestroyAsync()
    {
        if (state.Value is not { Id: { } id, Members: var members })
            return NotFound;
        foreach (var app in state.Value.Apps)
            if (await GrainFactory.App(app).GetAsync() is { } owned && owned.Team?.Id == id)
                return new Error(ErrorCodes.TeamOwnsApps, $"The team owns {owned.Name}. Give its apps away or destroy them first.");
        await state.CommitAsync(s => new TeamState { CreatedAt = s.CreatedAt, UpdatedAt = time.GetUtcNow() });
        await TellAsync([.. members.Select(member => member.Account)]);
        return new Done();
    }

    public Task<TeamView?> GetAsync() => Task.FromResult(View());

    public Task<TeamRole> GetOwnRoleAsync() => Task.FromResult(CallContext.Actor!.IsAdmin ? TeamRole.Owner : RoleOf(CallContext.Actor.Id));

    public Task<TeamRole> GetRoleAsync(AccountId account) => Task.FromResult(RoleOf(account));

    public Task<ImmutableArray<TeamMemberView>> ListMembersAsync() =>
        Task.FromResult<ImmutableArray<TeamMemberView>>([.. state.Value.Members.Select(View)]);

    public async Task<Result<TeamMemberView>> SetRoleAsync(string email, TeamRole role)
    {
        if (Find(email) is not { } member)
            return NotInTeam(email);
        if (!IsRole(role))
            return new Error(
                ErrorCodes.TeamNotAllowed,
                "A member is an owner, admin, member or viewer. Remove who shall be none of these."
            );
        if (CheckChange(member, role) is { } refused)
            return refused;
        var changed = member with { Role = role };
        await ChangeAsync(s => s with { Members = s.Members.Replace(member, changed) });
        return View(changed);
    }

    public async Task<Result<TeamMemberView>> RemoveMemberAsync(string email)
    {
        if (Find(email) is not { } member)
            return NotInTeam(email);
        var actor = CallContext.Actor!;
        var isOwn = member.Account.Id == actor.Id;
        if (!isOwn && !AccessPolicy.Allows(actor, RoleOf(actor.Id), TeamAction.ManageMembers))
            throw new AccessDeniedException("Only who manages members takes others out of a team.");
        if ((isOwn ? CheckLastOwner(member) : CheckChange(member, TeamRole.None)) is { } refused)
            return refused;
        await ChangeAsync(s => s with { Members = s.Members.Remove(member) });
        return View(member);
    }

    private static AccountRef Caller() => new(CallContext.Actor!.Id, CallContext.Actor.Email);

    private TeamRole RoleOf(AccountId account) =>
        state.Value.Members.FirstOrDefault(member => member.Account.Id == account)?.Role ?? TeamRole.None;

    /// <summary>Whether somebody in the team can be it.</summary>
    private static bool IsRole(TeamRole role) => role is >= TeamRole.Viewer and <= TeamRole.Owner;

    private StoredMember? Find(string email) =>
        state.Value.Members.FirstOrDefault(member => string.Equals(member.Account.Email, email, StringComparison.OrdinalIgnoreCase));

    private Error? CheckChange(StoredMember member, TeamRole role)
    {
        var actor = CallContext.Actor!;
        return AccessPolicy.MayAssign(actor, RoleOf(actor.Id), member.Role, role)
            ? role == TeamRole.Owner
                ? null
                : CheckLastOwner(member)
            : new Error(ErrorCodes.TeamNotAllowed, "Only an owner of the team makes owners, or takes that role from one.");
    }

    private Error? CheckLastOwner(StoredMember member) =>
        member.Role == TeamRole.Owner && state.Value.Members.Count(one => one.Role == TeamRole.Owner) == 1
            ? new Error(ErrorCodes.TeamLastOwner, $"{member.Account.Email} is the team's only owner. Make another one first.")
            : null;

    private async Task ChangeAsync(Func<TeamState, TeamState> change)
    {
        var before = state.Value.Members;
        await state.CommitAsync(s => change(s) with { UpdatedAt = time.GetUtcNow() });
        if (before != state.Value.Members)
            await TellAsync([.. before.Concat(state.Value.Members).Select(member => member.Account).Distinct()]);
    }

    private TeamView? View() => state.Value is { Id: { } id } s ? new TeamView(id, TeamName.Parse(Key), s.CreatedAt, s.UpdatedAt) : null;

    private static TeamMemberView View(StoredMember member) => new(member.Account, member.Role, member.JoinedAt);
}
