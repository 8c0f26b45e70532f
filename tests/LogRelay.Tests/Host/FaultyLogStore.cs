using System.Collections.Concurrent;
using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.LogRelay.Tests.Host;

/// <summary>A store that can be told to fail for one app: other tests use it at the same time.</summary>
internal sealed class FaultyLogStore(ILogStore inner) : ILogStore
{
    private readonly ConcurrentDictionary<AppId, bool> failing = [];

    /// <summary>The next append of what a dyno of this app wrote throws without effect.</summary>
    public void FailNextAppendTo(AppId app) => failing[app] = true;

    public Task<ImmutableArray<LogLine>> LoadAsync(AppId app, int count, CancellationToken cancel) => inner.LoadAsync(app, count, cancel);

    public Task AppendAsync(AppId app, ImmutableArray<LogLine> lines, long keepFrom, CancellationToken cancel) =>
        lines.Any(line => line.Entry.Process == "web.1") && failing.TryRemove(app, out _)
            ? throw new IOException("The disk is full.")
            : inner.AppendAsync(app, lines, keepFrom, cancel);

    public Task DeleteAsync(AppId app, CancellationToken cancel) => inner.DeleteAsync(app, cancel);
}
