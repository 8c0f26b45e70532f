using System.Collections.Immutable;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Installations;

namespace NeetoDeploy.Dashboard.Administration;

/// <summary>What the builder does, for all apps.</summary>
public sealed partial class BuildQueues(Viewer viewer) : TickingPage
{
    private ImmutableArray<UnfinishedBuild> builds = [];

    protected override async Task LoadAsync() => builds = await viewer.AskAsync(grains => grains.Installation().ListBuildsAsync());
}
