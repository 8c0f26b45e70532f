using MessagePack;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.LogRelay.Hubs;

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
    internal static HubLogLine Of(LogLine line) =>
        new(
            line.Seq,
            (line.Entry.Time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
            line.Entry.Source,
            line.Entry.Process,
            line.Entry.Text
        );
}
