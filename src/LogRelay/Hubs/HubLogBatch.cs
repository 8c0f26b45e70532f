using System.Runtime.CompilerServices;
using MessagePack;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.LogRelay.Hubs;

/// <summary>
/// What <see cref="LogHub.Follow"/> sends. In JSON objects with these names; in MessagePack arrays of these members in their order, which are made once however many
/// readers get the batch.
/// </summary>
/// <param name="gap">Numbers that are missing before the lines; null when none is.</param>
/// <param name="lines">Oldest first; none in a sign of life.</param>
[MessagePackFormatter(typeof(HubLogBatchFormatter))]
public sealed class HubLogBatch(HubLogGap? gap, IReadOnlyList<HubLogLine> lines)
{
    private static readonly ConditionalWeakTable<IReadOnlyList<LogLine>, HubLogBatch> Shared = [];

    private byte[]? packed;

    public HubLogGap? Gap => gap;

    public IReadOnlyList<HubLogLine> Lines => lines;

    internal ReadOnlySpan<byte> Packed => packed ??= HubLogBatchFormatter.Pack(this);

    /// <summary>The same for all readers of the same lines.</summary>
    internal static HubLogBatch Of(LogBatch batch) =>
        batch.Gap is { } gap
            ? new(new HubLogGap(gap.From, gap.To), LinesOf(batch.Lines))
            : Shared.GetValue(batch.Lines, static lines => new(null, LinesOf(lines)));

    private static HubLogLine[] LinesOf(IReadOnlyList<LogLine> lines) => [.. lines.Select(HubLogLine.Of)];
}

/// <summary>Numbers of the app's stream that this reader will not get: no longer kept, or come faster than it took them.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
[MessagePackObject]
public sealed record HubLogGap([property: Key(0)] long From, [property: Key(1)] long To);
