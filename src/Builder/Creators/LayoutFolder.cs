using System.Text.Json;
using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Creators;

/// <summary>
/// Puts images of the registry where a lifecycle finds them, as OCI image layouts. Their layers are left out: a lifecycle names them in the image that it makes and
/// does not read them (a sparse layout, which it leaves as sparse as it was).
/// </summary>
/// <param name="root">A new folder of the builder's.</param>
/// <param name="user">Who shall own what is put there.</param>
internal sealed class LayoutFolder(IImageStore store, string root, int user)
{
    public const string IndexFile = "index.json";
    public const string Blobs = "blobs/sha256";
    public const string IndexType = "application/vnd.oci.image.index.v1+json";

    /// <param name="layers">Those that come along all the same.</param>
    public async Task PutAsync(
        string reference,
        ImageRef image,
        StoredImage stored,
        IEnumerable<LayerBlob> layers,
        CancellationToken cancel
    )
    {
        var manifest =
            await store.GetManifestAsync(image.Repository, image.Digest.ToString(), cancel)
            ?? throw new DriverException(DriverErrorKind.NotFound, "image.not_found", $"The registry has lost the image {image}.");
        var place = LayoutNames.PathOf(reference);
        var blobs = Make($"{place}/{Blobs}");
        Write(Path.Combine(blobs, manifest.Digest.Hex), manifest.Content.Span);
        foreach (var blob in layers.Prepend(stored.ConfigBlob))
            await CopyAsync(image.Repository, blob.Digest, Path.Combine(blobs, blob.Digest.Hex), cancel);
        var top = Path.Combine(root, place);
        Write(Path.Combine(top, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}"""u8);
        Write(Path.Combine(top, IndexFile), JsonSerializer.SerializeToUtf8Bytes(Index(manifest)));
    }

    private static JsonObject Index(ImageManifest manifest) =>
        new()
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = IndexType,
            ["manifests"] = new JsonArray(
                new JsonObject
                {
                    ["mediaType"] = manifest.MediaType,
                    ["digest"] = manifest.Digest.ToString(),
                    ["size"] = manifest.Content.Length,
                }
            ),
        };

    private string Make(string relative)
    {
        var path = root;
        foreach (var step in relative.Split('/'))
        {
            path = Path.Combine(path, step);
            Directory.CreateDirectory(path, FileModes.Executable);
            Ownership.Give(path, user);
        }
        return path;
    }

    private async Task CopyAsync(string repository, ImageDigest digest, string path, CancellationToken cancel)
    {
        await using (var content = await store.GetBlobAsync(repository, digest, cancel))
        await using (var file = new FileStream(path, FileMode.CreateNew))
            await content.CopyToAsync(file, cancel);
        Share(path);
    }

    private void Write(string path, ReadOnlySpan<byte> content)
    {
        using (var file = new FileStream(path, FileMode.CreateNew))
            file.Write(content);
        Share(path);
    }

    private void Share(string path)
    {
        File.SetUnixFileMode(path, FileModes.Readable);
        Ownership.Give(path, user);
    }
}
