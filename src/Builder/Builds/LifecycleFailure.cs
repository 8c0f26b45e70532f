using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Builds;

/// <summary>
/// What the lifecycle's exit codes mean (buildpacks platform specification: a band of ten for each phase) and what to do. The build's output above says the
/// reason in the words of whoever failed.
/// </summary>
internal static class LifecycleFailure
{
    private const int Signalled = 128;
    private const int Killed = 137;

    /// <summary>Whether it did not end by itself: shells say 128 and the number of the signal.</summary>
    public static bool IsKilled(int exitCode) => exitCode > Signalled;

    /// <param name="failed">Name for people of the buildpack that it is about; null when the lifecycle did not say.</param>
    /// <param name="builtBy">The same of the buildpack that is the likeliest then; null when none was found.</param>
    /// <param name="asked">Those that had not said whether they apply; null for none.</param>
    public static BuildFailure From(int exitCode, string? failed, string? builtBy, string? asked) =>
        exitCode switch
        {
            > Signalled when asked is not null => new(
                BuildPhase.Detect,
                exitCode,
                $"the build was killed while it waited for the bin/detect of {asked}, which probably took all processes or memory that a build may have: use another version of it, or leave it out (buildpacks:set)"
            ),
            20 or 21 when failed is not null => new(BuildPhase.Detect, exitCode, $"app not compatible with buildpack: {failed}"),
            20 => new(BuildPhase.Detect, exitCode, "no default language could be detected for this app"),
            21 => new(
                BuildPhase.Detect,
                exitCode,
                "a buildpack failed to look at this app: correct what it says, or leave it out (buildpacks:set)"
            ),
            29 => new(
                BuildPhase.Detect,
                exitCode,
                $"the bin/detect of {failed ?? "a buildpack"} did not end in time: use another version of it, or leave it out (buildpacks:set)"
            ),
            11 or 12 => new(
                BuildPhase.Detect,
                exitCode,
                "a buildpack speaks a version of the buildpack API that is not supported: use another version of it"
            ),
            >= 22 and < 30 => new(
                BuildPhase.Detect,
                exitCode,
                "the buildpacks could not be detected: one of them is missing, or its files are broken. Choose others (buildpacks:set)"
            ),
            >= 30 and < 40 => new(BuildPhase.Analyze, exitCode, "the previous image could not be analyzed: build again"),
            >= 40 and < 50 => new(
                BuildPhase.Restore,
                exitCode,
                "the build cache could not be restored: purge it (builds:cache:purge) and build again"
            ),
            51 => new(BuildPhase.Build, exitCode, $"failed to compile {failed ?? builtBy ?? "the"} app"),
            >= 50 and < 60 => new(BuildPhase.Build, exitCode, "a buildpack left files that cannot be used: use another version of it"),
            >= 60 and < 70 => new(BuildPhase.Export, exitCode, "the image could not be exported: build again"),
            Killed => new(
                BuildPhase.Build,
                exitCode,
                "the build was killed, probably because it needed more memory than a build may use: have it do less at once"
            ),
            _ => new(BuildPhase.Build, exitCode, $"the build ended with exit code {exitCode}: see what it printed last"),
        };
}
