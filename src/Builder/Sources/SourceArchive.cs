using System.IO.Compression;
using System.Security.Cryptography;

namespace NeetoDeploy.Builder.Sources;

/// <summary>An archive while it is read: its size is limited, its checksum compared, its compression seen from its first bytes.</summary>
internal sealed class SourceArchive(SourceLimits limits) : IAsyncDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Stream raw = Stream.Null;

    /// <summary>The archive's plain tar.</summary>
    public Stream Tar { get; private set; } = Stream.Null;

    public static async Task<SourceArchive> OpenAsync(Stream content, SourceLimits limits, CancellationToken cancel)
    {
        var start = new byte[2];
        var length = await content.ReadAtLeastAsync(start, 2, throwOnEndOfStream: false, cancel);
        if (length == 0)
            throw new SourceException("the source is empty");
        var archive = new SourceArchive(limits);
        archive.Open(content, start.AsMemory(0, length), gzip: start is [0x1f, 0x8b]);
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

    private void Open(Stream content, ReadOnlyMemory<byte> start, bool gzip)
    {
        raw = new SourceStream(content, start, limits.ArchiveBytes, $"the source is larger than {Megabytes(limits.ArchiveBytes)}", hash);
        var plain = gzip ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        // Headers count too: each entry has one or two blocks of them.
        var largest = limits.UnpackedBytes + (limits.Entries * 2048L);
        Tar = new SourceStream(plain, default, largest, $"the source is larger than {Megabytes(limits.UnpackedBytes)} when unpacked");
    }

    internal static string Megabytes(long bytes) => $"{bytes / (1024 * 1024)} MB";
}
