using NeetoDeploy.Core.Builds;
using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Dashboard.Builds;

/// <summary>How far a build is, in words.</summary>
public static class BuildProgress
{
    /// <summary>Phases are told, with their times, when they have ended.</summary>
    public static string Of(BuildView build) =>
        build.Status == BuildStatus.Queued ? "waits for its turn"
        : build.Phases.IsEmpty ? "prepare"
        : $"after {build.Phases[^1].Phase.ToString().ToLowerInvariant()}";
}
