using System.IO.Compression;
using Microsoft.AspNetCore.Http.Features;

namespace NeetoDeploy.LogRelay.Ingest;

/// <summary>Reads and unpacks what a collector sent, up to a limit before and after.</summary>
internal static class IngestBody
{
    /// <summary>As sent. A chunk of Fluent Bit is about 2 MB, and as JSON twice that.</summary>
    public const int MostBytes = 16 << 20;

    /// <summary>Unpacked.</summary>
    public const int MostUnpackedBytes = 32 << 20;

    private const int PieceBytes = 64 << 10;

    /// <exception cref="UnreadableBodyException">It is too large, packed in a way that is not known, or broken.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > MostBytes)
            throw TooLarge(MostBytes, "as sent");
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MostBytes;
        try
        {
            await using var unpacked = Unpack(request);
            return await ReadAllAsync(unpacked, (int)(request.ContentLength ?? PieceBytes), cancel);
        }
        catch (InvalidDataException broken)
        {
            throw new UnreadableBodyException(StatusCodes.Status400BadRequest, $"The body is no gzip: {broken.Message}");
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(MostBytes, "as sent");
        }
    }

    private static Stream Unpack(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString().ToLowerInvariant() switch
        {
            "" or "identity" => request.Body,
            "gzip" => new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            var other => throw new UnreadableBodyException(
                StatusCodes.Status415UnsupportedMediaType,
                $"The Content-Encoding '{other}' is not known here. Set 'compress gzip', or none."
            ),
        };

    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(Stream body, int likelyBytes, CancellationToken cancel)
    {
        var all = new MemoryStream(likelyBytes);
        var piece = new byte[PieceBytes];
        while (await body.ReadAsync(piece, cancel) is > 0 and var count)
        {
            if (all.Length + count > MostUnpackedBytes)
                throw TooLarge(MostUnpackedBytes, "unpacked");
            all.Write(piece, 0, count);
        }
        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }

    private static UnreadableBodyException TooLarge(int most, string how) =>
        new(
            StatusCodes.Status413PayloadTooLarge,
            $"The body is larger than {most >> 20} MiB {how}. Make the collector's chunks smaller, or its records without what they do not need."
        );
}

/// <summary>A body that no repetition makes readable.</summary>
/// <param name="status">The answer's status.</param>
/// <param name="message">What is wrong, and what to do.</param>
internal sealed class UnreadableBodyException(int status, string message) : Exception(message)
{
    public int Status => status;
}
