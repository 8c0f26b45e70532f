using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Tests.Conformance;
using NeetoDeploy.Drivers.Tests.Support;

namespace NeetoDeploy.Drivers.Tests.Docker;

/// <summary>Conformance on the real engine.</summary>
public sealed class DockerDynoDriverTests(EngineFixture engine) : DynoDriverConformance
{
    protected override IDynoDriver Driver => engine.Services.GetRequiredService<IDynoDriver>();

    protected override ImageRef Image => engine.Image;

    // Podman 4 looks for its monitor's note of it in the wrong folder.
    protected override bool TellsOutOfMemory => engine.Podman is not { Major: < 5 };

    protected override ImageRef MissingImage => engine.Image with { Digest = ImageDigest.FromHash(new byte[32]) };
}
