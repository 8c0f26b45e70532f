using System.Runtime.InteropServices;

namespace NeetoDeploy.Builder.Lifecycle.Buildpacks;

/// <summary>The machine that the image is for, as buildpacks are told of it (<c>CNB_TARGET_*</c>).</summary>
internal sealed record Target(string Os, string Arch, string DistroName, string DistroVersion)
{
    /// <summary>This machine: what builds here runs here.</summary>
    public static Target Here()
    {
        var release = ReadRelease("/etc/os-release");
        var arch = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        return new("linux", arch, release.GetValueOrDefault("ID", ""), release.GetValueOrDefault("VERSION_ID", ""));
    }

    public void AddTo(IDictionary<string, string> environment)
    {
        environment["CNB_TARGET_OS"] = Os;
        environment["CNB_TARGET_ARCH"] = Arch;
        environment["CNB_TARGET_DISTRO_NAME"] = DistroName;
        environment["CNB_TARGET_DISTRO_VERSION"] = DistroVersion;
    }

    /// <summary>Whether a buildpack runs here. One that names no target runs everywhere.</summary>
    public bool Suits(IReadOnlyCollection<TargetToml> targets) => targets.Count == 0 || targets.Any(Suits);

    private bool Suits(TargetToml target) =>
        Matches(target.Os, Os)
        && Matches(target.Arch, Arch)
        && (target.Distros.Count == 0 || target.Distros.Exists(d => Matches(d.Name, DistroName) && Matches(d.Version, DistroVersion)));

    private static bool Matches(string wanted, string actual) => wanted.Length == 0 || wanted == actual;

    private static Dictionary<string, string> ReadRelease(string path) =>
        !File.Exists(path)
            ? []
            : File.ReadLines(path)
                .Select(line => line.Split('=', 2))
                .Where(pair => pair.Length == 2)
                .DistinctBy(pair => pair[0])
                .ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));
}
