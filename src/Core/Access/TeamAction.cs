namespace NeetoDeploy.Core.Access;

/// <summary>What somebody may want to do with a team.</summary>
public enum TeamAction
{
    /// <summary>See who is in it, and that it exists.</summary>
    View,

    /// <summary>Create apps that it owns, or give it one.</summary>
    AddApps,

    /// <summary>Invite, change roles, remove.</summary>
    ManageMembers,

    /// <summary>End it.</summary>
    Destroy,
}
