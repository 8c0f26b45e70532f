using System.IO.Compression;
using System.Security.Cryptography;
using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Builder.Layers;

/// <summary>A layer's compressed tar in a temporary file, made in one pass that finds both digests. Disposing removes it.</summary>
internal sealed class LayerArchive : IDisposable
{
    private readonly FileStream file;

    private LayerArchive(FileStream file, LayerBlob blob)
    {
        this.file = file;
        Blob = blob;
    }

    public LayerBlob Blob { get; }

    public void Dispose() => file.Dispose();

    /// <summary>The compressed tar from its start. Whoever disposes it removes it.</summary>
    public Stream Open()
    {
        file.Position = 0;
        return file;
    }

    public static LayerArchive Write(ImageLayer layer, string folder, CancellationToken cancel)
    {
        var file = new FileStream(
            Path.Combine(folder, Path.GetRandomFileName()),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            0,
            FileOptions.DeleteOnClose
        );
        try
        {
            using var plain = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var packed = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using (var gzip = new GZipStream(new BufferedStream(new HashingStream(file, packed), 128 * 1024), CompressionLevel.Fastest))
            using (var buffer = new BufferedStream(new HashingStream(gzip, plain), 128 * 1024))
                WriteEntries(layer, buffer, cancel);
            var blob = new LayerBlob(
                ImageDigest.FromHash(plain.GetCurrentHash()),
                ImageDigest.FromHash(packed.GetCurrentHash()),
                file.Length
            );
            return new LayerArchive(file, blob);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The digest of a layer's plain tar.</summary>
    public static ImageDigest DiffIdOf(ImageLayer layer, CancellationToken cancel)
    {
        using var plain = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var buffer = new BufferedStream(new HashingStream(Stream.Null, plain), 128 * 1024))
            WriteEntries(layer, buffer, cancel);
        return ImageDigest.FromHash(plain.GetCurrentHash());
    }

    /// <summary>The length of a layer's plain tar in bytes.</summary>
    public static long LengthOf(ImageLayer layer) => layer.Entries.Sum(TarWriter.LengthOf) + TarWriter.EndLength;

    private static void WriteEntries(ImageLayer layer, Stream output, CancellationToken cancel)
    {
        var tar = new TarWriter(output);
        foreach (var entry in layer.Entries)
        {
            cancel.ThrowIfCancellationRequested();
            if (entry.HostPath is null)
            {
                using var content = new MemoryStream(entry.Content.ToArray(), writable: false);
                tar.Write(entry, content);
            }
            else
            {
                using var content = new FileStream(entry.HostPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0);
                tar.Write(entry, content);
            }
        }
        tar.Finish();
    }
}
