using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Creators;

/// <summary>
/// Brings the image that a lifecycle left in a layout into an app's repository. Whoever wrote the layout is not trusted: every byte is read and compared before it is
/// taken, and a layer that is not there must be one of the stack's run image or of the app's own previous image.
/// </summary>
internal sealed class LayoutImport(IImageStore store, string repository, BuilderOptions options)
{
    /// <param name="known">What the image may stand on and take layers from.</param>
    /// <param name="user">uid and gid of the run image's user.</param>
    /// <exception cref="FormatException">There is no image that can be used; the message says why.</exception>
    public async Task<ImageExporter.Export> RunAsync(
        UntrustedFolder folder,
        string place,
        Analysis known,
        string user,
        CancellationToken cancel
    )
    {
        var image = LayoutImage.Read(folder, place);
        Require(image, known.Run);
        var transfer = new BlobTransfer(store, repository);
        var own = image.Layers.Skip(known.Run.Layers.Count).ToList();
        foreach (var layer in known.Run.Layers)
            await transfer.BorrowAsync(layer.Blob, known.RunImage.Repository, cancel);
        var names = LayerNames.Of(image.Config, own.Count);
        var check = new LayerCheck(options.LargestBuildBytes, options.MostBuildFiles);
        var outcomes = new List<LayerUpload.Outcome>();
        foreach (var (layer, name) in own.Zip(names))
        {
            var uploaded = await PushAsync(layer, folder, place, known.Previous, check, cancel);
            outcomes.Add(new(name, "", layer.Blob, uploaded));
        }
        // A name of a user would be looked up in files of the image itself.
        image.Config["config"]!["User"] = user;
        var config = JsonSerializer.SerializeToUtf8Bytes(image.Config);
        var pushed = await transfer.PutImageAsync(config, known.Run.Layers.Concat(own.Select(layer => layer.ToStored())), cancel);
        return new(pushed, outcomes, MetadataOf(image.Config), Sbom: null);
    }

    /// <summary>The image must be for the same machine as the stack's run image, stand on it, and have labels that are text.</summary>
    private static void Require(LayoutImage image, StoredImage run)
    {
        try
        {
            foreach (var key in (string[])["os", "architecture"])
            {
                if (image.Config[key]?.GetValue<string>() != run.Config[key]?.GetValue<string>())
                    throw new FormatException($"its {key} is not that of the stack's run image");
            }
            if (!image.Layers.Take(run.Layers.Count).Select(l => l.Blob.DiffId).SequenceEqual(run.Layers.Select(l => l.Blob.DiffId)))
                throw new FormatException("it does not stand on the stack's run image");
            if (image.Config["config"]?["Labels"]?.AsObject().Any(label => label.Value?.GetValue<string>() is null) is not false)
                throw new FormatException("it has no labels");
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException($"its configuration cannot be read: {e.Message}", e);
        }
    }

    private static string MetadataOf(JsonObject config) => config["config"]!["Labels"]![ImageLabels.Lifecycle]?.GetValue<string>() ?? "";

    /// <summary>Answers how many bytes had to be uploaded.</summary>
    private async Task<long> PushAsync(
        LayoutImage.Layer layer,
        UntrustedFolder folder,
        string place,
        StoredImage? previous,
        LayerCheck check,
        CancellationToken cancel
    )
    {
        var blob = layer.Blob;
        // It was compared when it was taken, and is in the app's own repository.
        if (previous?.Layers.Any(l => l.Blob == blob) == true && await store.HasBlobAsync(repository, blob.Digest, cancel))
            return 0;
        var path = LayoutImage.Find(folder, place, layer) ?? throw new FormatException("it lacks one of its layers");
        await using (var content = File.OpenRead(path))
        {
            if (ImageDigest.FromHash(await SHA256.HashDataAsync(content, cancel)) != blob.Digest)
                throw new FormatException("one of its layers is not what its digest says");
            content.Position = 0;
            if (await check.ReadAsync(content, layer.IsCompressed, cancel) != blob.DiffId)
                throw new FormatException("one of its layers does not unpack to what the image says");
        }
        if (await store.HasBlobAsync(repository, blob.Digest, cancel))
            return 0;
        await store.PutBlobAsync(repository, blob.Digest, blob.Size, File.OpenRead(path), cancel);
        return blob.Size;
    }
}
