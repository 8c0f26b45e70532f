using System.Collections.Immutable;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces.Access;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Teams;

/// <summary>People who own apps together. Key: the team's name.</summary>
[Alias("neeto.ITeamGrain")]
public interface ITeamGrain : IGrainWithStringKey
{
    /// <summary>Creates the team; the caller is its first owner. Refused when there is one of the name.</summary>
    [RequiresAccount, Alias("Create")]
    Task<Result<TeamView>> CreateAsync();

    /// <summary>Ends the team and its invitations; its name is not given again. Refused while it owns an app.</summary>
    [RequiresInTeam(TeamAction.Destroy), Alias("Destroy")]
    Task<Result<Done>> DestroyAsync();

    /// <summary>The team; null when there is none.</summary>
    [RequiresInTeam(TeamAction.View), AlwaysInterleave, Alias("Get")]
    Task<TeamView?> GetAsync();

    /// <summary>In the order in which they joined.</summary>
    [RequiresInTeam(TeamAction.View), AlwaysInterleave, Alias("ListMembers")]
    Task<ImmutableArray<TeamMemberView>> ListMembersAsync();

    /// <summary>Gives a member another role. Only owners make owners and take that role from them; the last one keeps it.</summary>
    [RequiresInTeam(TeamAction.ManageMembers), Alias("SetRole")]
    Task<Result<TeamMemberView>> SetRoleAsync(string email, TeamRole role);

    /// <summary>Takes a member out of the team. Everybody may leave; others are for who manages members.</summary>
    [RequiresInTeam(TeamAction.View), Alias("RemoveMember")]
    Task<Result<TeamMemberView>> RemoveMemberAsync(string email);

    /// <summary>Invites somebody for seven days; an invitation of the same address goes. The secret is in this answer and nowhere else, ever after.</summary>
    [RequiresInTeam(TeamAction.ManageMembers), Alias("Invite")]
    Task<Result<InvitationView>> InviteAsync(string email, TeamRole role);

    /// <summary>Those that have not expired, without their secrets.</summary>
    [RequiresInTeam(TeamAction.ManageMembers), AlwaysInterleave, Alias("ListInvitations")]
    Task<ImmutableArray<InvitationView>> ListInvitationsAsync();

    [RequiresInTeam(TeamAction.ManageMembers), Alias("RevokeInvitation")]
    Task<Result<InvitationView>> RevokeInvitationAsync(Guid id);

    /// <summary>The invitation of a secret; null when it is unknown, used, revoked or expired.</summary>
    [PlatformOnly, AlwaysInterleave, Alias("FindInvitation")]
    Task<InvitationView?> FindInvitationAsync(string secret);

    /// <summary>The caller joins the team by an invitation, whosever address it was written for: its secret is what counts.</summary>
    [RequiresAccount, Alias("Join")]
    Task<Result<TeamMemberView>> JoinAsync(string secret);

    /// <summary>Makes the account of the invitation's address with this password, which joins. Refused when there is such an account: its holder signs in, and joins.</summary>
    [PlatformOnly, ForSomebody, Alias("Enrol")]
    Task<Result<TeamMemberView>> EnrolAsync(string secret, string password);

    /// <summary>The apps that it owns. A list that may lag behind: the app itself says whose it is.</summary>
    [RequiresInTeam(TeamAction.View), AlwaysInterleave, Alias("ListApps")]
    Task<ImmutableArray<AppId>> ListAppsAsync();

    /// <summary>An app is about to be its own, or is not any more.</summary>
    [PlatformOnly, AlwaysInterleave, Alias("SetApp")]
    Task SetAppAsync(AppId app, bool isOwned);

    /// <summary>What the caller is to this team: an owner, for administrators.</summary>
    [RequiresInTeam(TeamAction.View), AlwaysInterleave, Alias("GetOwnRole")]
    Task<TeamRole> GetOwnRoleAsync();

    /// <summary>What an account is to this team.</summary>
    [PlatformOnly, AlwaysInterleave, Alias("GetRole")]
    Task<TeamRole> GetRoleAsync(AccountId account);
}
