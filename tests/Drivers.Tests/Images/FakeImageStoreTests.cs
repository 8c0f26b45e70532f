using NeetoDeploy.Drivers.Abstractions.Images;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Drivers.Tests.Images;

public sealed class FakeImageStoreTests : ImageStoreConformance
{
    protected override IImageStore Store { get; } = new FakeImageStore(TimeProvider.System);
}
