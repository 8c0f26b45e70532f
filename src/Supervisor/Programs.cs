namespace NeetoDeploy.Supervisor;

/// <summary>Where the other programs of this version are: in the checkout that <c>./neeto</c> has built.</summary>
/// <param name="Root">The checkout.</param>
public sealed record Programs(string Root)
{
    /// <summary>Lifecycle, launcher and bundled buildpacks.</summary>
    public string Lifecycle => Path.Combine(Root, "artifacts", "lifecycle");

    public string Sample => Path.Combine(Root, "samples", "hello-node");

    /// <summary>The command that starts one of ours: <c>Silo</c>, <c>Router</c>, <c>Cli</c>, <c>Supervisor</c>.</summary>
    public IReadOnlyList<string> Command(string name, params ReadOnlySpan<string> arguments) =>
        [Dotnet, Path.Combine(Root, "artifacts", "bin", $"NeetoDeploy.{name}", "release", $"NeetoDeploy.{name}.dll"), .. arguments];

    private static string Dotnet => Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";
}
