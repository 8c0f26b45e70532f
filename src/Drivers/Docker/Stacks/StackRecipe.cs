using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Drivers.Docker.Stacks;

/// <summary>What a stack is made of. Its images are found again by the recipe's hash, so a changed recipe makes new ones.</summary>
/// <param name="Suite">The Debian release, whose mirror mmdebstrap knows.</param>
/// <param name="RunPackages">Beyond the essential ones; apps run on them.</param>
/// <param name="BuildPackages">What buildpacks find besides.</param>
internal sealed record StackRecipe(string Name, string Suite, ImmutableArray<string> RunPackages, ImmutableArray<string> BuildPackages)
{
    /// <summary>
    /// In a build image: which packages its run image has, in the form of dpkg's status file. Buildpacks ask apt what an app needs beyond those.
    /// </summary>
    public const string RunPackagesFile = "/etc/neeto/run-packages";

    /// <summary>uid and gid of the unprivileged user.</summary>
    public const int UserId = 1000;

    // Raised when the steps change and not only what they are given.
    private const int Version = 2;

    public static readonly StackRecipe Neeto12 = new(
        KnownStacks.Default,
        "bookworm",
        ["bash", "ca-certificates", "curl", "git", "iproute2", "netbase", "openssl", "procps", "tini", "tzdata", "zlib1g"],
        ["build-essential", "file", "jq", "nodejs", "pkg-config", "python3", "unzip", "xz-utils", "zstd"]
    );

    /// <summary>The script that finishes a run image's root file system.</summary>
    public static string RunImageScript { get; } = ReadScript("run-image.sh");

    /// <summary>Twelve digits that change with anything that the images follow from.</summary>
    public string Hash { get; } =
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(string.Join('\n', [$"{Version}", Name, Suite, .. RunPackages, "", .. BuildPackages, RunImageScript]))
            )
        )[..12];

    private static string ReadScript(string name)
    {
        using var stream =
            typeof(StackRecipe).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no resource {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
