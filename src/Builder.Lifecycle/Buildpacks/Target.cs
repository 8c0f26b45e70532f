using System.Runtime.InteropServices;
using NeetoDeploy.Builder.Lifecycle.Documents;

namespace NeetoDeploy.Builder.Lifecycle.Buildpacks;

/// <summary>The machine that the image is for, as buildpacks are told of it (<c>CNB_TARGET_*</c>). An empty part is not known.</summary>
internal sealed record Target(string Os, string Arch, string Variant, string DistroName, string DistroVersion)
{
    /// <summary>What <c>analyzed.toml</c> says of the run image; of the rest, this machine: what builds here runs here.</summary>
    public static Target Of(string analyzed, string osRelease = "/etc/os-release")
    {
        var run = TomlFile.Read(analyzed, LifecycleToml.Default.AnalyzedToml, ExitCodes.Detect).RunImage.Target;
        var distro = run.Distro ?? ReadDistro(osRelease);
        var arch = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        return new(Or(run.Os, "linux"), Or(run.Arch, arch), run.Variant, distro.Name, distro.Version);
    }

    public void AddTo(IDictionary<string, string> environment)
    {
        environment["CNB_TARGET_OS"] = Os;
        environment["CNB_TARGET_ARCH"] = Arch;
        AddKnown("CNB_TARGET_ARCH_VARIANT", Variant);
        AddKnown("CNB_TARGET_DISTRO_NAME", DistroName);
        AddKnown("CNB_TARGET_DISTRO_VERSION", DistroVersion);

        void AddKnown(string variable, string value)
        {
            if (value.Length > 0)
                environment[variable] = value;
        }
    }

    /// <summary>Whether a buildpack runs here.</summary>
    public bool Suits(Buildpack buildpack) => LegacyTargets.Of(buildpack) is var targets && (targets.Count == 0 || targets.Any(Suits));

    /// <inheritdoc/>
    public override string ToString() => $"{Os}/{Arch} {DistroName} {DistroVersion}".TrimEnd();

    private bool Suits(TargetToml target) =>
        Matches(target.Os, Os)
        && Matches(target.Arch, Arch)
        && Matches(target.Variant, Variant)
        && (target.Distros.Count == 0 || target.Distros.Exists(d => Matches(d.Name, DistroName) && Matches(d.Version, DistroVersion)));

    private static bool Matches(string wanted, string actual) => wanted.Length == 0 || actual.Length == 0 || wanted == actual;

    private static string Or(string value, string otherwise) => value.Length > 0 ? value : otherwise;

    private static DistroToml ReadDistro(string path)
    {
        if (!File.Exists(path))
            return new();
        var release = File.ReadLines(path)
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .DistinctBy(pair => pair[0])
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));
        return new() { Name = release.GetValueOrDefault("ID", ""), Version = release.GetValueOrDefault("VERSION_ID", "") };
    }
}
