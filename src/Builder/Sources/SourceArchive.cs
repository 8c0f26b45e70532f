using System.IO.Compression;
using System.Security.Cryptography;

namespace NeetoDeploy.Builder.Sources;

/// <summary>An archive while it is read: its size is limited, its checksum compared, its compression seen from its first bytes.</summary>
internal sealed class SourceArchive(SourceLimits limits) : IAsyncDisposable
{
    private static ReadOnlySpan<byte> Gzip => [0x1f, 0x8b];

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Stream raw = Stream.Null;

    /// <summary>The archive's plain tar.</summary>
    public Stream Tar { get; private set; } = Stream.Null;

    /// <param name="zip">Takes an archive that is a zip; without it such a one is no archive.</param>
    public static async Task<SourceArchive> OpenAsync(Stream content, SourceLimits limits, CancellationToken cancel, ZipAsTar? zip = null)
    {
        var start = new byte[4];
        var length = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancel);
        if (length == 0)
            throw new SourceException("the source is empty");
        var archive = new SourceArchive(limits);
        await archive.OpenAsync(content, start.AsMemory(0, length), ZipAsTar.IsZip(start) ? zip : null, cancel);
        return archive;
    }

    /// <summary>Reads what is left, compares, and answers the SHA-256 of the archive as it was sent, in hex.</summary>
    public async Task<string> VerifyAsync(string? checksum, CancellationToken cancel)
    {
        await raw.CopyToAsync(Stream.Null, cancel);
        var found = Convert.ToHexStringLower(hash.GetCurrentHash());
        if (checksum is null)
            return found;
        var parts = checksum.Split(':', 2);
        if (parts is not [var algorithm, var hex] || !algorithm.Equals("sha256", StringComparison.OrdinalIgnoreCase))
            throw new SourceException("the source's checksum is not of the form SHA256:hex");
        return found.Equals(hex, StringComparison.OrdinalIgnoreCase)
            ? found
            : throw new SourceException("the source is not what its checksum says");
    }

    public async ValueTask DisposeAsync()
    {
        await Tar.DisposeAsync();
        hash.Dispose();
    }

    private async Task OpenAsync(Stream content, ReadOnlyMemory<byte> start, ZipAsTar? zip, CancellationToken cancel)
    {
        raw = new SourceStream(content, start, limits.ArchiveBytes, $"the source is larger than {Megabytes(limits.ArchiveBytes)}", hash);
        var plain =
            zip is not null ? await zip.ConvertAsync(raw, cancel)
            : start.Span.StartsWith(Gzip) ? new GZipStream(raw, CompressionMode.Decompress)
            : raw;
        // Headers count too: each entry has one or two blocks of them.
        var largest = limits.UnpackedBytes + (limits.Entries * 2048L);
        Tar = new SourceStream(plain, default, largest, $"the source is larger than {Megabytes(limits.UnpackedBytes)} when unpacked");
    }

    internal static string Megabytes(long bytes) => $"{bytes / (1024 * 1024)} MB";
}
