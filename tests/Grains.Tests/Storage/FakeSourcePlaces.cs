using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Grains.Tests.Storage;

/// <summary>Every source is put into the same place.</summary>
public sealed class FakeSourcePlaces : ISourcePlaces
{
    public SourcePlace Create() => new("/sources/place", "file:///place");
}
