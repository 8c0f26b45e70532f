using System.Collections.Immutable;
using NeetoDeploy.Grains.Installations;
using NeetoDeploy.Grains.Interfaces.Installations;

namespace NeetoDeploy.Grains.Tests.Storage;

/// <summary>A machine on which all is well.</summary>
public sealed class FakeInstallationChecks : IInstallationChecks
{
    public Task<ImmutableArray<Finding>> RunAsync(CancellationToken cancel) =>
        Task.FromResult<ImmutableArray<Finding>>([new("disk", "12 GiB free", null, false)]);
}
