using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Dashboard.Tests.Deploys;

/// <summary>Every source is put into the same place.</summary>
internal sealed class OnePlace : ISourcePlaces
{
    public SourcePlace Create() => new("/sources/place", "file:///place");
}
