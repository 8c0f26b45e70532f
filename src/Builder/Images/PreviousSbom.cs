using System.Formats.Tar;
using System.IO.Compression;
using System.Text.RegularExpressions;
using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Images;

/// <summary>
/// Fetches the bills of materials of the previous image when the kept layers are lost: a layer that is taken over from that image keeps what was said
/// of it. The content came from buildpacks, so only what looks as it should is taken.
/// </summary>
internal sealed partial class PreviousSbom(IImageStore store)
{
    private const int MostFiles = 1000;
    private const int LargestFile = 16 * 1024 * 1024;

    public async Task RestoreAsync(ImageRef image, StoredImage previous, UntrustedFolder layers, int user, CancellationToken cancel)
    {
        var wanted = ImageLabels.SbomDigest(previous.Label(ImageLabels.Lifecycle));
        if (layers.Exists("sbom") || previous.Layers.FirstOrDefault(l => l.Blob.DiffId == wanted) is not { } layer)
            return;
        await using var blob = await store.GetBlobAsync(image.Repository, layer.Blob.Digest, cancel);
        await using var tar = new TarReader(new GZipStream(blob, CompressionMode.Decompress));
        for (var files = 0; files < MostFiles && await tar.GetNextEntryAsync(cancellationToken: cancel) is { } entry; files++)
        {
            if (
                entry is { EntryType: TarEntryType.RegularFile, DataStream: { } content, Length: <= LargestFile }
                && Path().Match(entry.Name) is { Success: true } path
            )
                await WriteAsync(layers.Root, path.Groups["path"].Value, content, user, cancel);
        }
    }

    // The folder is made here, so nothing in it is a link.
    private static async Task WriteAsync(string root, string relative, Stream content, int user, CancellationToken cancel)
    {
        var path = root;
        foreach (var step in relative.Split('/')[..^1])
        {
            path = System.IO.Path.Combine(path, step);
            if (!Directory.Exists(path))
            {
                Directory.CreateDirectory(path);
                Ownership.Give(path, user);
            }
        }
        path = System.IO.Path.Combine(root, relative);
        await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
            await content.CopyToAsync(file, cancel);
        Ownership.Give(path, user);
    }

    [GeneratedRegex(@"\Alayers/(?<path>sbom/launch(/(?!\.\.?/)[^/\0]{1,200}){1,2}/sbom\.(cdx|spdx|syft)\.json)\z")]
    private static partial Regex Path();
}
