using System.Collections.Immutable;
using NeetoDeploy.Grains.Interfaces.Installations;

namespace NeetoDeploy.Grains.Installations;

/// <summary>Looks at the machine. The host brings it.</summary>
public interface IInstallationChecks
{
    /// <summary>Every finding, well or not. That the checks cannot be made is a finding, too.</summary>
    Task<ImmutableArray<Finding>> RunAsync(CancellationToken cancel);
}
