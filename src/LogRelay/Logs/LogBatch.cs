using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.LogRelay.Logs;

/// <summary>What a reader gets at once.</summary>
/// <param name="Gap">Numbers that are missing before the lines; null when none is.</param>
/// <param name="Lines">Lines that match the reader's filter, oldest first. None, and no gap: a sign of life.</param>
public sealed record LogBatch(LogGap? Gap, IReadOnlyList<LogLine> Lines);

/// <summary>
/// Numbers of lines that this reader will never get: they were no longer kept when it asked for them, or came faster than it took them. They count all lines of the
/// stream, whatever the reader's filter.
/// </summary>
/// <param name="From">The first missing number.</param>
/// <param name="To">The last one.</param>
public sealed record LogGap(long From, long To)
{
    /// <summary>How many numbers are missing.</summary>
    public long Count => To - From + 1;
}
