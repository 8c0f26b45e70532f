using System.Collections.Immutable;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Installations;

namespace NeetoDeploy.Dashboard.Administration;

/// <summary>What the builder does, for all apps.</summary>
public sealed partial class BuildQueues(Viewer viewer) : TickingPage
{
    private ImmutableArray<UnfinishedBuild> builds = [];

    protected override async Task LoadAsync() => builds = await viewer.AskAsync(grains => grains.Installation().ListBuildsAsync());

    /// <summary>The one that it is in: those that have ended are told with their times.</summary>
    private static string Phase(BuildView build) =>
        build.Status == BuildStatus.Queued ? "waits for its turn"
        : build.Phases.IsEmpty ? "prepare"
        : $"after {build.Phases[^1].Phase.ToString().ToLowerInvariant()}";
}
