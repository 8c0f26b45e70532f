using System.IO.Compression;
using System.Text.Json.Nodes;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Tests.Export;

/// <summary>An image as an engine would read it.</summary>
internal sealed record PulledImage(JsonObject Manifest, JsonObject Config, IReadOnlyList<byte[]> Layers)
{
    public JsonNode Settings => Config["config"]!;

    public static async Task<PulledImage> FromAsync(IImageStore store, ImageRef image)
    {
        var cancel = TestContext.Current.CancellationToken;
        var stored = await store.GetManifestAsync(image.Repository, image.Digest.ToString(), cancel);
        Assert.NotNull(stored);
        var manifest = JsonNode.Parse(stored.Content.Span)!.AsObject();
        var config = JsonNode.Parse(await ReadAsync(manifest["config"]!))!.AsObject();
        var layers = new List<byte[]>();
        foreach (var layer in manifest["layers"]!.AsArray())
        {
            using var gzip = new GZipStream(new MemoryStream(await ReadAsync(layer!)), CompressionMode.Decompress);
            using var tar = new MemoryStream();
            gzip.CopyTo(tar);
            layers.Add(tar.ToArray());
        }
        return new(manifest, config, layers);

        async Task<byte[]> ReadAsync(JsonNode descriptor)
        {
            await using var blob = await store.GetBlobAsync(
                image.Repository,
                ImageDigest.Parse(descriptor["digest"]!.GetValue<string>()),
                cancel
            );
            using var content = new MemoryStream();
            await blob.CopyToAsync(content, cancel);
            Assert.Equal(descriptor["size"]!.GetValue<long>(), content.Length);
            return content.ToArray();
        }
    }
}
