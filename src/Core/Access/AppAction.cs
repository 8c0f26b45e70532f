namespace NeetoDeploy.Core.Access;

/// <summary>What somebody may want to do with an app.</summary>
public enum AppAction
{
    /// <summary>Read the app, its releases, builds, dynos, logs.</summary>
    View,

    /// <summary>Read config vars: secrets.</summary>
    ReadSecrets,

    /// <summary>Push code, create builds and releases, roll back.</summary>
    Deploy,

    /// <summary>Scale, restart, stop, run, maintenance, config vars, domains, buildpacks.</summary>
    Operate,

    /// <summary>Rename, destroy, share, transfer.</summary>
    Administer,
}
