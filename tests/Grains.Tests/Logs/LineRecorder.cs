using System.Collections.Concurrent;
using System.Collections.Immutable;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces.Logs;

namespace NeetoDeploy.Grains.Tests.Logs;

/// <summary>Keeps every line; how long it takes over them is up to the test.</summary>
public sealed class LineRecorder : ILogObserver
{
    public ConcurrentQueue<LogLine> Lines { get; } = [];

    /// <summary>What lines wait for before they are kept; a task that fails refuses them.</summary>
    public Task Ready { get; set; } = Task.CompletedTask;

    public int Calls;

    public async Task LinesAsync(ImmutableArray<LogLine> lines)
    {
        Interlocked.Increment(ref Calls);
        await Ready;
        foreach (var line in lines)
            Lines.Enqueue(line);
    }
}
