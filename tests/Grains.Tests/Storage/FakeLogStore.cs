using System.Collections.Concurrent;
using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Tests.Storage;

/// <summary>Log lines in memory. It refuses a number twice, as the real one's key does.</summary>
public sealed class FakeLogStore : ILogStore
{
    private readonly ConcurrentDictionary<AppId, ImmutableSortedDictionary<long, LogLine>> lines = [];
    private int failures;
    private int appends;

    /// <summary>How often lines were appended.</summary>
    public int Appends => appends;

    /// <summary>The next appends throw without effect.</summary>
    public void FailNextAppends(int count = 1) => Interlocked.Exchange(ref failures, count);

    /// <summary>Every line of an app, oldest first.</summary>
    public ImmutableArray<LogLine> Lines(AppId app) => [.. Of(app).Values];

    public Task<ImmutableArray<LogLine>> LoadAsync(AppId app, int count, CancellationToken cancel) =>
        Task.FromResult<ImmutableArray<LogLine>>([.. Of(app).Values.TakeLast(count)]);

    public Task AppendAsync(AppId app, ImmutableArray<LogLine> added, long keepFrom, CancellationToken cancel)
    {
        if (Interlocked.Decrement(ref failures) >= 0)
            throw new IOException("The fake disk is full.");
        Interlocked.Increment(ref appends);
        var all = Of(app);
        foreach (var line in added)
            all = all.Add(line.Seq, line);
        lines[app] = all.RemoveRange(all.Keys.Where(seq => seq < keepFrom));
        return Task.CompletedTask;
    }

    public Task DeleteAsync(AppId app, CancellationToken cancel)
    {
        lines.TryRemove(app, out _);
        return Task.CompletedTask;
    }

    private ImmutableSortedDictionary<long, LogLine> Of(AppId app) =>
        lines.GetValueOrDefault(app, ImmutableSortedDictionary<long, LogLine>.Empty);
}
