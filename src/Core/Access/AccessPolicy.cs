using NeetoDeploy.Core.Accounts;

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
            _ => false,
        };
}
