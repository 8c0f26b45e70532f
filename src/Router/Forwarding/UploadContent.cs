using System.Net;

namespace NeetoDeploy.Router.Forwarding;

/// <summary>
/// A request body on its way to the dyno. It passes every piece on at once, where the plain one gathers 4 KB, and says when the last has gone:
/// only then begins the dyno's time to answer.
/// </summary>
internal sealed class UploadContent : HttpContent
{
    private readonly HttpContent body;
    private readonly Action sent;

    public UploadContent(HttpContent body, Action sent)
    {
        this.body = body;
        this.sent = sent;
        foreach (var header in body.Headers.NonValidated)
        foreach (var value in header.Value)
            Headers.TryAddWithoutValidation(header.Key, value);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await body.CopyToAsync(new FlushingStream(stream), context, cancellationToken);
        sent();
    }

    /// <summary>The client's own header, when it sent one, was copied above.</summary>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private sealed class FlushingStream(Stream stream) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await stream.WriteAsync(buffer, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => stream.FlushAsync(cancellationToken);

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
