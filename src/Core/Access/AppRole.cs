namespace NeetoDeploy.Core.Access;

/// <summary>What an account is to an app, from least to most.</summary>
public enum AppRole
{
    /// <summary>A stranger, who must not even learn that the app exists.</summary>
    None,

    /// <summary>Sees the app, and no secret of it.</summary>
    Viewer,

    Collaborator,

    Owner,
}
