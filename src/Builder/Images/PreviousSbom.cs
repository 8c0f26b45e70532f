using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Images;

/// <summary>
/// Fetches the bills of materials of the previous image when the kept layers are lost: a layer that is taken over from that image keeps what was said
/// of it.
/// </summary>
internal sealed class PreviousSbom(IImageStore store)
{
    public async Task RestoreAsync(ImageRef image, StoredImage previous, UntrustedFolder layers, int user, CancellationToken cancel)
    {
        if (layers.Exists("sbom"))
            return;
        try
        {
            await foreach (var (sbom, content) in StoredSboms.ReadAsync(store, image.Repository, previous, cancel))
                await WriteAsync(layers.Root, $"{SbomLayer.Folder}/{sbom.Name}", content, user, cancel);
        }
        catch (SourceException)
        {
            // Nobody needs more of them than that, and no build fails for what an earlier one said.
        }
    }

    // The folder is made here, so nothing in it is a link.
    private static async Task WriteAsync(string root, string relative, Stream content, int user, CancellationToken cancel)
    {
        var path = root;
        foreach (var step in relative.Split('/')[..^1])
        {
            path = Path.Combine(path, step);
            if (!Directory.Exists(path))
            {
                Directory.CreateDirectory(path);
                Ownership.Give(path, user);
            }
        }
        path = Path.Combine(root, relative);
        await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
            await content.CopyToAsync(file, cancel);
        Ownership.Give(path, user);
    }
}
