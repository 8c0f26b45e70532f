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

/// <summary>A line.</summary>
/// <param name="Seq">Its number in the app's stream; what to resume after.</param>
/// <param name="Time">When it was written: microseconds since 1970 (UTC).</param>
/// <param name="Source"><c>app</c> or <c>heroku</c>.</param>
/// <param name="Process">The dyno, or a part of the platform such as <c>router</c>.</param>
/// <param name="Text">As it was written, with escape sequences: never trust it.</param>
[MessagePackObject]
public sealed record HubLogLine(
    [property: Key(0)] long Seq,
    [property: Key(1)] long Time,
    [property: Key(2)] string Source,
    [property: Key(3)] string Process,
    [property: Key(4)] string Text
)
{
    internal static HubLogLine Of(Core.Logs.LogLine line) =>
        new(
            line.Seq,
            (line.Entry.Time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
            line.Entry.Source,
            line.Entry.Process,
            line.Entry.Text
        );
}
