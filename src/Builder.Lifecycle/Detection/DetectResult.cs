using NeetoDeploy.Builder.Lifecycle.Buildpacks;

namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary>What one buildpack's <c>bin/detect</c> said.</summary>
/// <param name="ExitCode">0 yes, 100 no, anything else an error.</param>
/// <param name="Output">What it printed; of interest only when it failed.</param>
internal sealed record DetectResult(Buildpack Buildpack, int ExitCode, string Output, BuildPlanToml Plan)
{
    /// <summary>What a buildpack exits with when it does not apply.</summary>
    public const int No = 100;

    public bool Passed => ExitCode == 0;

    public bool Errored => ExitCode is not 0 and not No;
}
