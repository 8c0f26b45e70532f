using System.Globalization;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Releases;

namespace NeetoDeploy.Drivers.Abstractions.Dynos;

/// <summary>Names one incarnation of a dyno. It is computed, so that creating it twice is harmless.</summary>
/// <param name="Generation">Grows with every start of the same dyno on the same release (crash, restart).</param>
public sealed record DynoKey(AppId App, DynoName Name, ReleaseVersion Release, int Generation)
{
    /// <summary>Unique in the installation, fit for a container name: <c>{app id}.web.1.v12.3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{App}.{Name}.{Release}.{Generation}");
}
