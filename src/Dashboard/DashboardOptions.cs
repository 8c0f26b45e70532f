namespace NeetoDeploy.Dashboard;

/// <summary>What the host tells the dashboard. Of the installation it learns from the grains.</summary>
/// <param name="KeysFolder">Where keys for cookies and forms are kept, readable by the host's user only; hosts that share a name share it.</param>
public sealed record DashboardOptions(string KeysFolder)
{
    /// <summary>The path below which all of it is.</summary>
    public const string Path = "/dashboard";
}
