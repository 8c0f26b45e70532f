using System.Buffers;
using System.Runtime.CompilerServices;
using MessagePack;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.LogRelay.Hubs;

/// <summary>A line. In MessagePack an array of these members in their order, which is made once however many readers the line has.</summary>
/// <param name="seq">Its number in the app's stream; what to resume after.</param>
/// <param name="time">When it was written: microseconds since 1970 (UTC).</param>
/// <param name="source"><c>app</c> or <c>heroku</c>.</param>
/// <param name="process">The dyno, or a part of the platform such as <c>router</c>.</param>
/// <param name="text">As it was written, with escape sequences: never trust it.</param>
[MessagePackFormatter(typeof(HubLogLineFormatter))]
public sealed class HubLogLine(long seq, long time, string source, string process, string text)
{
    private static readonly ConditionalWeakTable<LogLine, HubLogLine> Made = [];

    private byte[]? packed;

    public long Seq => seq;

    public long Time => time;

    public string Source => source;

    public string Process => process;

    public string Text => text;

    internal ReadOnlySpan<byte> Packed => packed ??= Pack();

    /// <summary>The same for all readers of a line.</summary>
    internal static HubLogLine Of(LogLine line) =>
        Made.GetValue(
            line,
            static line =>
                new(
                    line.Seq,
                    (line.Entry.Time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
                    line.Entry.Source,
                    line.Entry.Process,
                    line.Entry.Text
                )
        );

    private byte[] Pack()
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        writer.WriteArrayHeader(5);
        writer.Write(Seq);
        writer.Write(Time);
        writer.Write(Source);
        writer.Write(Process);
        writer.Write(Text);
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
