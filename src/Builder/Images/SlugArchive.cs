using System.Formats.Tar;
using System.IO.Compression;
using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Images;
using TarWriter = NeetoDeploy.Builder.Layers.TarWriter;

namespace NeetoDeploy.Builder.Images;

/// <summary>
/// An image that a build made, as the archive of a slug: everything in <c>./app</c>, and what its buildpacks keep outside of it in <c>./layers</c>. It goes
/// from the registry to <paramref name="output"/> piece by piece; none of it is held.
/// </summary>
internal sealed class SlugArchive(IImageStore store, Stream output)
{
    private const int Piece = 64 * 1024;

    private readonly MemoryStream pending = new();
    private readonly HashSet<string> folders = new(StringComparer.Ordinal);

    /// <summary>Whether an image has its app where slugs have it. Those of a stack with a lifecycle of its own do not.</summary>
    public static bool IsPossible(StoredImage stored) => stored.Config["config"]?["WorkingDir"]?.GetValue<string>() == "/app";

    public async Task WriteAsync(ImageRef image, StoredImage stored, CancellationToken cancel)
    {
        var hasLayers = ImageLabels.HasLaunchLayers(stored.Label(ImageLabels.Lifecycle));
        await using (var gzip = new GZipStream(pending, CompressionLevel.Fastest, leaveOpen: true))
        {
            var tar = new TarWriter(gzip);
            foreach (var layer in stored.OwnLayers())
                await CopyAsync(image.Repository, layer, hasLayers, tar, cancel);
            tar.Finish();
        }
        await SendAsync(cancel);
    }

    private async Task CopyAsync(string repository, StoredLayer layer, bool hasLayers, TarWriter tar, CancellationToken cancel)
    {
        await using var blob = await store.GetBlobAsync(repository, layer.Blob.Digest, cancel);
        await using var plain = new GZipStream(blob, CompressionMode.Decompress);
        await using var reader = new TarReader(plain);
        while (await reader.GetNextEntryAsync(copyData: false, cancel) is { } entry)
        {
            var name = entry.Name.TrimEnd('/');
            if (!IsIn(name, "app") && !(hasLayers && IsIn(name, "layers")) || Read(entry, $"./{name}") is not { } copy)
                continue;
            // Layers name the folders that they are in once more.
            if (copy.Kind is not FileKind.Directory || folders.Add(name))
                await tar.WriteAsync(copy, entry.DataStream ?? Stream.Null, () => SendPieceAsync(cancel), cancel);
        }
    }

    private static bool IsIn(string name, string folder) => name == folder || name.StartsWith($"{folder}/", StringComparison.Ordinal);

    /// <summary>Null for what no build puts into a layer.</summary>
    private static LayerEntry? Read(TarEntry entry, string name) =>
        entry.EntryType switch
        {
            TarEntryType.Directory => LayerEntry.Folder(name, entry.Uid, (int)entry.Mode),
            TarEntryType.SymbolicLink => LayerEntry.Link(name, entry.LinkName, entry.Uid),
            TarEntryType.RegularFile or TarEntryType.V7RegularFile => new(name, FileKind.Regular, (int)entry.Mode, entry.Uid, entry.Length),
            _ => null,
        };

    private Task SendPieceAsync(CancellationToken cancel) => pending.Length < Piece ? Task.CompletedTask : SendAsync(cancel);

    private async Task SendAsync(CancellationToken cancel)
    {
        await output.WriteAsync(pending.GetBuffer().AsMemory(0, (int)pending.Length), cancel);
        pending.SetLength(0);
    }
}
