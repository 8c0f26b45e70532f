using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Builder.Creators;

/// <summary>
/// Reads a layer that nobody trusts to its end, as the engine will: what it unpacks to must be what the image says, and neither without measure nor anything but
/// files, folders and links.
/// </summary>
internal sealed class LayerCheck(long mostBytes, long mostEntries)
{
    private const string TooLarge = "its layers are larger than a build may be when they are unpacked";
    private const string Sparse = "GNU.sparse.";

    private long bytes = mostBytes;
    private long entries = mostEntries;

    /// <summary>Answers the digest of the layer's plain tar. The limits are for all layers together.</summary>
    /// <exception cref="FormatException">It cannot be used.</exception>
    public async Task<ImageDigest> ReadAsync(Stream layer, bool isCompressed, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var plain = isCompressed ? new GZipStream(layer, CompressionMode.Decompress, leaveOpen: true) : layer;
        await using var counted = new SourceStream(plain, default, bytes, TooLarge, hash);
        try
        {
            await using (var tar = new TarReader(counted, leaveOpen: true))
            {
                while (await tar.GetNextEntryAsync(copyData: false, cancel) is { } entry)
                    Check(entry);
            }
            await counted.CopyToAsync(Stream.Null, 64 * 1024, cancel);
        }
        catch (Exception e) when (e is SourceException or InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new FormatException($"one of its layers cannot be unpacked: {e.Message}", e);
        }
        bytes -= counted.Position;
        return ImageDigest.FromHash(hash.GetCurrentHash());
    }

    private void Check(TarEntry entry)
    {
        if (--entries < 0)
            throw new FormatException("its layers have more files than a build may make");
        var isPlain =
            entry.EntryType
            is TarEntryType.RegularFile
                or TarEntryType.V7RegularFile
                or TarEntryType.Directory
                or TarEntryType.SymbolicLink
                or TarEntryType.HardLink
                or TarEntryType.GlobalExtendedAttributes;
        // A sparse file says itself how large it is, and holds next to nothing.
        var isSparse = entry is PaxTarEntry pax && pax.ExtendedAttributes.Keys.Any(key => key.StartsWith(Sparse, StringComparison.Ordinal));
        if (!isPlain || isSparse)
            throw new FormatException(
                $"one of its layers holds {SourcePath.Show(entry.Name)}, which is neither a file, a folder nor a link"
            );
    }
}
