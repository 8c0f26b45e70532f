using System.Collections.Immutable;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.Grains.Logs;

/// <summary>What collectors bring: at least once, and after a failure in another order.</summary>
public sealed partial class LogRelayGrain
{
    private readonly SeenLines seen = new();

    /// <summary>The newest line that an earlier activation stored. Which ids those lines had is not kept.</summary>
    private long newestRestored;

    public Task AppendCollectedAsync(ImmutableArray<CollectedLine> lines) =>
        EnqueueOutputAsync(lines.Where(line => seen.Add(line.Id)).Select(line => line.Entry), IsRestored);

    private bool IsRestored(LogEntry entry) => ring.OldestSeq <= newestRestored && ring.Holds(entry, newestRestored);
}
