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

    private sealed class FlushingStream(Stream target) : WriteOnlyStream(target)
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Target.WriteAsync(buffer, cancellationToken);
            await Target.FlushAsync(cancellationToken);
        }
    }
}
