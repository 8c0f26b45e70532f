namespace NeetoDeploy.Core.Access;

/// <summary>What an account is to an app.</summary>
public enum AppRole
{
    /// <summary>A stranger, who must not even learn that the app exists.</summary>
    None,

    Collaborator,

    Owner,
}
