using MessagePack;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.LogRelay.Hubs;

/// <summary>What <see cref="LogHub.Follow"/> sends. In JSON objects with these names; in MessagePack arrays of these members in their order.</summary>
/// <param name="Gap">Numbers that are missing before the lines; null when none is.</param>
/// <param name="Lines">Oldest first; none in a sign of life.</param>
[MessagePackObject]
public sealed record HubLogBatch([property: Key(0)] HubLogGap? Gap, [property: Key(1)] IReadOnlyList<HubLogLine> Lines)
{
    internal static HubLogBatch Of(LogBatch batch) =>
        new(batch.Gap is { } gap ? new HubLogGap(gap.From, gap.To) : null, [.. batch.Lines.Select(HubLogLine.Of)]);
}

/// <summary>Numbers of the app's stream that this reader will not get: no longer kept, or come faster than it took them.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
[MessagePackObject]
public sealed record HubLogGap([property: Key(0)] long From, [property: Key(1)] long To);
