using System.Collections.Immutable;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Grains.Interfaces.Access;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Metrics;

/// <summary>What an app's requests and dynos were like, over the last week. Key: the app's id.</summary>
[Alias("neeto.IMetricsGrain")]
public interface IMetricsGrain : IGrainWithStringKey
{
    /// <summary>Adds what a router counted. A report that is told again is not counted again, unless the grain has been activated anew meanwhile.</summary>
    /// <param name="report">The report's id.</param>
    [PlatformOnly, Alias("AddRequests")]
    Task AddRequestsAsync(Guid report, ImmutableArray<RoutedFigures> figures);

    /// <summary>Adds what dynos use now.</summary>
    [PlatformOnly, Alias("AddDynos")]
    Task AddDynosAsync(ImmutableDictionary<string, DynoFigures> dynos);

    /// <summary>The range up to now, without a hole: where nothing was seen, all counts are 0. The last span has only begun.</summary>
    [Requires(AppAction.View), AlwaysInterleave, Alias("Read")]
    Task<ImmutableArray<AppFigures>> ReadAsync(MetricsRange range);

    /// <summary>Forgets everything: the app has been destroyed.</summary>
    [PlatformOnly, Alias("Destroy")]
    Task DestroyAsync();
}
