using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Teams;

namespace NeetoDeploy.Core.Access;

/// <summary>The one authorisation policy. The grain-call filter asks it before any grain method runs.</summary>
public static class AccessPolicy
{
    /// <summary>Whether <paramref name="actor"/>, being <paramref name="role"/> to an app, may do <paramref name="action"/>.</summary>
    public static bool Allows(Actor actor, AppRole role, AppAction action) =>
        actor.IsAdmin
        || role switch
        {
            AppRole.Owner => true,
            AppRole.Collaborator => action != AppAction.Administer,
            AppRole.Viewer => action == AppAction.View,
            _ => false,
        };

    /// <summary>Whether <paramref name="actor"/>, being <paramref name="role"/> to a team, may do <paramref name="action"/>.</summary>
    public static bool Allows(Actor actor, TeamRole role, TeamAction action) =>
        actor.IsAdmin
        || role switch
        {
            TeamRole.Owner => true,
            TeamRole.Admin => action != TeamAction.Destroy,
            TeamRole.Member => action is TeamAction.View or TeamAction.AddApps,
            TeamRole.Viewer => action == TeamAction.View,
            _ => false,
        };

    /// <summary>What a role in a team makes somebody to the team's apps.</summary>
    public static AppRole RoleInApps(TeamRole role) =>
        role switch
        {
            TeamRole.Owner or TeamRole.Admin => AppRole.Owner,
            TeamRole.Member => AppRole.Collaborator,
            TeamRole.Viewer => AppRole.Viewer,
            _ => AppRole.None,
        };

    /// <summary>
    /// Whether <paramref name="actor"/>, being <paramref name="own"/> to a team, may make somebody <paramref name="wanted"/> who has been
    /// <paramref name="present"/> (<see cref="TeamRole.None"/>: not in it). Owners are made, and unmade, by owners.
    /// </summary>
    public static bool MayAssign(Actor actor, TeamRole own, TeamRole present, TeamRole wanted) =>
        Allows(actor, own, TeamAction.ManageMembers)
        && (actor.IsAdmin || own == TeamRole.Owner || (present != TeamRole.Owner && wanted != TeamRole.Owner));
}
