using System.Security.Cryptography;

namespace NeetoDeploy.Builder.Sources;

/// <summary>Reads on with what was already taken from a stream, counts, hashes when asked to, and stops at a limit.</summary>
internal sealed class SourceStream(Stream inner, ReadOnlyMemory<byte> taken, long limit, string tooLarge, IncrementalHash? hash = null)
    : Stream
{
    /// <summary>The tar reader asks for an extended header as a whole, however large it says it is; nobody else asks for so much at once.</summary>
    private const int LargestHeader = 1024 * 1024;

    private ReadOnlyMemory<byte> taken = taken;
    private long count;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => count;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length > LargestHeader)
            throw new SourceException("the source has a file with an unreasonably long name or description");
        int read;
        if (taken.Length > 0)
        {
            read = Math.Min(taken.Length, buffer.Length);
            taken[..read].CopyTo(buffer);
            taken = taken[read..];
        }
        else
        {
            read = await inner.ReadAsync(buffer, cancellationToken);
        }
        count += read;
        if (count > limit)
            throw new SourceException(tooLarge);
        hash?.AppendData(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
