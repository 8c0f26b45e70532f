namespace NeetoDeploy.Core.Dynos;

/// <summary>
/// Labels by which whatever sees a dyno from outside (the engine's lists, a cluster's pods, collectors of logs) tells whose it is. One spelling everywhere: they are
/// valid as labels of Docker and of Kubernetes.
/// </summary>
public static class DynoLabels
{
    /// <summary>The installation's id.</summary>
    public const string Installation = "neetodeploy.installation";

    /// <summary>The app's id, in the form of <see cref="Apps.AppId"/>.</summary>
    public const string App = "neetodeploy.app";

    /// <summary>The dyno's name, such as <c>web.1</c>.</summary>
    public const string Dyno = "neetodeploy.dyno";
}
