namespace NeetoDeploy.Core.Teams;

/// <summary>What an account is to a team, from least to most.</summary>
public enum TeamRole
{
    /// <summary>A stranger, who must not even learn that the team exists.</summary>
    None,

    /// <summary>Sees the team's apps, but no secret of them.</summary>
    Viewer,

    /// <summary>Creates, deploys and configures the team's apps.</summary>
    Member,

    /// <summary>Shares, renames and destroys them as well, and says who is in the team.</summary>
    Admin,

    /// <summary>Says who administers and owns it, too.</summary>
    Owner,
}
