namespace NeetoDeploy.Supervisor;

/// <summary>Where the other programs of this version are: in the checkout that <c>./neeto</c> has built.</summary>
/// <param name="Root">The checkout.</param>
public sealed record Programs(string Root)
{
    /// <summary>Lifecycle, launcher and bundled buildpacks.</summary>
    public string Lifecycle => Path.Combine(Root, "artifacts", "lifecycle");

    public string Sample => Path.Combine(Root, "samples", "hello-node");

    /// <summary>The command that starts one of ours: <c>Silo</c>, <c>Router</c>, <c>Supervisor</c>.</summary>
    public IReadOnlyList<string> Command(string name, params ReadOnlySpan<string> arguments) =>
        [Dotnet, Assembly(name, $"NeetoDeploy.{name}"), .. arguments];

    /// <summary>The command that runs our CLI.</summary>
    public IReadOnlyList<string> Cli(params ReadOnlySpan<string> arguments) => [Dotnet, Assembly("Cli", "neeto"), .. arguments];

    /// <summary>The command that checks the machine of an installation.</summary>
    public IReadOnlyList<string> Doctor(string data) => Command("Supervisor", "doctor", "--json", "--data", data, "--root", Root);

    private string Assembly(string project, string assembly) =>
        Path.Combine(Root, "artifacts", "bin", $"NeetoDeploy.{project}", "release", $"{assembly}.dll");

    private static string Dotnet => Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";
}
