using System.Collections.Concurrent;
using System.Collections.Immutable;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces.Logs;

namespace NeetoDeploy.Grains.Tests.Logs;

/// <summary>Keeps every line.</summary>
public sealed class LineRecorder : ILogObserver
{
    public ConcurrentQueue<LogLine> Lines { get; } = [];

    public Task LinesAsync(ImmutableArray<LogLine> lines)
    {
        foreach (var line in lines)
            Lines.Enqueue(line);
        return Task.CompletedTask;
    }
}
