using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Images;

/// <summary>
/// Reads the layer of an image that holds its bills of materials. They came from buildpacks: only what looks as it should is read, and never more than
/// the limits say.
/// </summary>
internal static class StoredSboms
{
    private const int MostFiles = 1000;
    private const int LargestFile = 16 * 1024 * 1024;
    private const long LargestLayer = 256L * 1024 * 1024;
    private const string Prefix = $"layers/{SbomLayer.Folder}/";

    /// <summary>A bill of materials with its content, which can be read until the next one is asked for.</summary>
    internal sealed record Entry(BillOfMaterials Sbom, Stream Content);

    /// <summary>Nothing when the image has no such layer.</summary>
    /// <exception cref="SourceException">The layer is larger than one may be.</exception>
    /// <exception cref="InvalidDataException">The layer is damaged.</exception>
    public static async IAsyncEnumerable<Entry> ReadAsync(
        IImageStore store,
        string repository,
        StoredImage image,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var wanted = ImageLabels.SbomDigest(image.Label(ImageLabels.Lifecycle));
        if (image.Layers.FirstOrDefault(l => l.Blob.DiffId == wanted) is not { } layer)
            yield break;
        await using var blob = await store.GetBlobAsync(repository, layer.Blob.Digest, cancel);
        await using var plain = new GZipStream(blob, CompressionMode.Decompress);
        await using var limited = new SourceStream(plain, default, LargestLayer, "the layer of bills of materials is too large");
        await using var tar = new TarReader(limited);
        for (var files = 0; files < MostFiles && await tar.GetNextEntryAsync(cancellationToken: cancel) is { } entry; files++)
        {
            if (
                entry is { EntryType: TarEntryType.RegularFile or TarEntryType.V7RegularFile, Length: <= LargestFile }
                && entry.Name.StartsWith(Prefix, StringComparison.Ordinal)
                && entry.Name[Prefix.Length..] is var name
                && BillOfMaterials.IsName(name)
            )
                yield return new(new(name, entry.Length), entry.DataStream ?? Stream.Null);
        }
    }
}
