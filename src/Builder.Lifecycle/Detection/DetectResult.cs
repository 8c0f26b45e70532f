using NeetoDeploy.Builder.Lifecycle.Buildpacks;

namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary>What one buildpack's <c>bin/detect</c> said.</summary>
/// <param name="ExitCode">0 yes, 100 no, anything else an error.</param>
/// <param name="Output">What it printed; of interest only when it failed.</param>
/// <param name="Reason">Why it was not asked, or its answer cannot be used; null when it answered.</param>
internal sealed record DetectResult(Buildpack Buildpack, int ExitCode, string Output, BuildPlanToml Plan, string? Reason = null)
{
    private const int Unusable = -1;

    /// <summary>What a buildpack exits with when it does not apply.</summary>
    public const int No = 100;

    /// <summary>It could not be run, or what it said cannot be used.</summary>
    public static DetectResult Error(Buildpack buildpack, string reason, string output = "") =>
        new(buildpack, Unusable, output, new(), reason);

    /// <summary>It was not asked.</summary>
    public static DetectResult NotAsked(Buildpack buildpack, string reason) => new(buildpack, No, "", new(), reason);

    public bool Passed => ExitCode == 0;

    public bool Errored => ExitCode is not 0 and not No;
}
