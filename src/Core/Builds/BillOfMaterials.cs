using System.Text.RegularExpressions;

namespace NeetoDeploy.Core.Builds;

/// <summary>
/// A bill of materials in an image: what a buildpack says that the app, or one of its layers, holds
/// (<see href="https://github.com/buildpacks/spec/blob/main/buildpack.md#bill-of-materials"/>).
/// </summary>
/// <param name="Name">Its path in <c>/layers/sbom/launch</c>, such as <c>neeto_nodejs/node/sbom.cdx.json</c>; see <see cref="IsName"/>.</param>
/// <param name="SizeBytes">Uncompressed.</param>
public sealed partial record BillOfMaterials(string Name, long SizeBytes)
{
    /// <summary>What it is about: the folder of a buildpack, or of one of its layers, such as <c>neeto_nodejs/node</c>.</summary>
    public string Subject => Name[..Name.LastIndexOf('/')];

    /// <summary><c>cyclonedx</c>, <c>spdx</c> or <c>syft</c>.</summary>
    public string Format => Kind() == "cdx" ? "cyclonedx" : Kind();

    /// <summary>As the buildpacks specification names the format.</summary>
    public string MediaType =>
        Kind() switch
        {
            "cdx" => "application/vnd.cyclonedx+json",
            "spdx" => "application/spdx+json",
            _ => "application/vnd.syft+json",
        };

    /// <summary>Whether this can be the path of one: a buildpack, perhaps a layer, and a file that is named after its format.</summary>
    public static bool IsName(string path) => NamePattern().IsMatch(path);

    private string Kind() => Name[(Name.LastIndexOf('/') + 1)..].Split('.')[1];

    [GeneratedRegex(@"\A((?!\.\.?/)[^/\0]{1,200}/){1,2}sbom\.(cdx|spdx|syft)\.json\z")]
    private static partial Regex NamePattern();
}
