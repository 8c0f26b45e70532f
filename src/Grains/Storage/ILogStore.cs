using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.Grains.Storage;

/// <summary>Keeps the newest lines of each app's log, so that a restart of the control plane loses none of them.</summary>
public interface ILogStore
{
    /// <summary>At most the newest <paramref name="count"/> lines, oldest first.</summary>
    Task<ImmutableArray<LogLine>> LoadAsync(AppId app, int count, CancellationToken cancel);

    /// <summary>Stores lines and drops those numbered below <paramref name="keepFrom"/>.</summary>
    Task AppendAsync(AppId app, ImmutableArray<LogLine> lines, long keepFrom, CancellationToken cancel);

    Task DeleteAsync(AppId app, CancellationToken cancel);
}
