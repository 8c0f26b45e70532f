namespace NeetoDeploy.Builder.Lifecycle.Buildpacks;

/// <summary>The targets of buildpacks that name stacks, or nothing at all (buildpack specification, "Targets" and "stacks Array").</summary>
internal static class LegacyTargets
{
    private const string Bionic = "io.buildpacks.stacks.bionic";
    private static readonly Version StacksAreDeprecatedSince = new(0, 10);

    private static readonly TargetToml Ubuntu18 = new()
    {
        Os = "linux",
        Arch = "amd64",
        Distros = [new() { Name = "ubuntu", Version = "18.04" }],
    };

    /// <summary>What the buildpack runs on; empty means on anything.</summary>
    public static IReadOnlyList<TargetToml> Of(Buildpack buildpack)
    {
        if (buildpack.Descriptor.Targets.Count > 0)
            return buildpack.Descriptor.Targets;
        var stacks = buildpack.Descriptor.Stacks.ConvertAll(s => s.Id);
        if (stacks.Contains("*"))
            return [];
        if (stacks.Contains(Bionic) && (stacks.Count == 1 || buildpack.Api >= StacksAreDeprecatedSince))
            return [Ubuntu18];
        return File.Exists(Path.Combine(buildpack.Directory, "bin", "build")) ? [new() { Os = "linux" }] : [];
    }
}
