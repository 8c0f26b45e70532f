using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Metrics;

namespace NeetoDeploy.Grains.Storage;

/// <summary>Keeps apps' figures, a row for each span of each width that is stored (<see cref="MetricsRanges"/>).</summary>
public interface IMetricsStore
{
    /// <summary>The spans of a width that begin at a time or later, oldest first; spans in which nothing was seen are not there.</summary>
    Task<ImmutableArray<AppFigures>> LoadAsync(AppId app, TimeSpan width, DateTimeOffset from, CancellationToken cancel);

    /// <summary>Replaces spans, and drops those of each width that are not kept any longer.</summary>
    Task PutAsync(AppId app, ImmutableArray<StoredFigures> figures, DateTimeOffset now, CancellationToken cancel);

    Task DeleteAsync(AppId app, CancellationToken cancel);
}

/// <summary>An app's span.</summary>
public sealed record StoredFigures(TimeSpan Width, AppFigures Figures);
