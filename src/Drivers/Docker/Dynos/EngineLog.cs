using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Drivers.Docker.Dynos;

/// <summary>
/// Reads the engine's log stream with time stamps. Without a terminal it is framed (Engine API, "Attach to a container"): a byte that names
/// the stream, three of zero, the length as four bytes, then one message. A message is a time stamp, a space and at most 16 kB of
/// text; one that does not end in a newline is continued by the next of its stream.
/// </summary>
internal sealed class EngineLog(Stream stream, bool isMultiplexed, Func<Exception, Exception> translate) : IAsyncDisposable
{
    private const int HeaderLength = 8;

    private readonly PipeReader reader = PipeReader.Create(stream);
    private readonly Queue<DynoOutputLine> ready = [];
    private readonly LineJoiner stdout = new();
    private readonly LineJoiner stderr = new();
    private DateTimeOffset seen;
    private DateTimeOffset last;

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    /// <summary>The next line; null at the end, where <see cref="Finish"/> gives what did not end in a newline.</summary>
    public async ValueTask<DynoOutputLine?> ReadAsync(CancellationToken cancel)
    {
        while (ready.Count == 0)
        {
            var read = await ReadMoreAsync(cancel);
            var rest = read.Buffer;
            while (TryTake(ref rest, out var message, out var joiner))
                Accept(message, joiner);
            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
                break;
        }
        return ready.TryDequeue(out var line) ? line : null;
    }

    /// <summary>The last text of both streams, where they did not end in a newline.</summary>
    public IEnumerable<DynoOutputLine> Finish() =>
        ((string?[])[stdout.Finish(), stderr.Finish()]).OfType<string>().Select(text => Stamp(seen, text));

    private async ValueTask<ReadResult> ReadMoreAsync(CancellationToken cancel)
    {
        try
        {
            return await reader.ReadAsync(cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            throw translate(e);
        }
    }

    private bool TryTake(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> message, out LineJoiner joiner)
    {
        joiner = stdout;
        return isMultiplexed ? TryTakeFrame(ref rest, out message, out joiner) : TryTakeLine(ref rest, out message);
    }

    private bool TryTakeFrame(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> message, out LineJoiner joiner)
    {
        message = default;
        joiner = stdout;
        if (rest.Length < HeaderLength)
            return false;
        Span<byte> header = stackalloc byte[HeaderLength];
        rest.Slice(0, HeaderLength).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        if (rest.Length < HeaderLength + length)
            return false;
        joiner = header[0] == 2 ? stderr : stdout;
        message = rest.Slice(HeaderLength, length);
        rest = rest.Slice(HeaderLength + length);
        return true;
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (rest.PositionOf((byte)'\n') is not { } newline)
            return false;
        var end = rest.GetPosition(1, newline);
        message = rest.Slice(0, end);
        rest = rest.Slice(end);
        return true;
    }

    private void Accept(in ReadOnlySequence<byte> message, LineJoiner joiner)
    {
        var bytes = message.IsSingleSegment ? message.FirstSpan : message.ToArray();
        var space = bytes.IndexOf((byte)' ');
        if (
            space < 0
            || !DateTimeOffset.TryParse(
                Encoding.ASCII.GetString(bytes[..space]),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
        )
        {
            time = last;
            space = -1;
        }
        seen = time;
        foreach (var text in joiner.Add(bytes[(space + 1)..]))
            ready.Enqueue(Stamp(time, text));
    }

    // Strictly growing, so that a reader can resume after any line.
    private DynoOutputLine Stamp(DateTimeOffset time, string text)
    {
        last = time > last ? time : last.AddTicks(1);
        return new DynoOutputLine(last, text);
    }
}
