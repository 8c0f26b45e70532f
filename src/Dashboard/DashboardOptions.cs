namespace NeetoDeploy.Dashboard;

/// <summary>What the host tells the dashboard of the installation.</summary>
/// <param name="SetupToken">What the link for the first sign-in holds. No default.</param>
/// <param name="KeysFolder">Where keys for cookies and forms are kept, readable by the host's user only; hosts that share a name share it.</param>
/// <param name="AppsAuthority">Domain and port of apps, such as <c>localhost:8080</c>.</param>
/// <param name="GitUrl">Where repositories are, such as <c>https://localhost:5443</c>.</param>
/// <param name="Stacks">Names of the stacks that apps may have, the default one first.</param>
public sealed record DashboardOptions(
    string SetupToken,
    string KeysFolder,
    string AppsAuthority,
    string GitUrl,
    IReadOnlyList<string> Stacks
)
{
    /// <summary>The path below which all of it is.</summary>
    public const string Path = "/dashboard";
}
