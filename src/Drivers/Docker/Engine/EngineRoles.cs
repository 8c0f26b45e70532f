namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>What a container, network or image of an installation is for: the values of the role label.</summary>
internal static class EngineRoles
{
    /// <summary>An incarnation of a dyno.</summary>
    public const string Dyno = "dyno";

    /// <summary>A network sandbox, or an app's or a build's network.</summary>
    public const string Network = "network";

    /// <summary>A build sandbox.</summary>
    public const string Build = "build";

    /// <summary>A stack's image, or the container it is made in.</summary>
    public const string Stack = "stack";
}
