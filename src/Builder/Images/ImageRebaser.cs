using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Images;

/// <summary>
/// Puts an app's image on another run image without building it again: the layers below are replaced, everything above stays, no byte of the app is moved
/// (buildpacks platform specification, "rebaser").
/// </summary>
internal sealed class ImageRebaser(IImageStore store)
{
    private static readonly string[] FromRunImage = ["io.buildpacks.base.", "io.buildpacks.stack."];

    /// <summary>Answers the image's own reference when it stands on that run image's layers already.</summary>
    /// <param name="force">Also when the image says that it must not be, or the two run images are not alike.</param>
    /// <exception cref="BuildFailedException">It cannot be, or must not.</exception>
    public async Task<ImageRef> RebaseAsync(ImageRef image, ImageRef runImage, bool force, CancellationToken cancel)
    {
        var app = await StoredImage.FindAsync(store, image, cancel) ?? throw Refuse($"the registry has no {image}");
        var run = await StoredImage.FindAsync(store, runImage, cancel) ?? throw Refuse($"the registry has no {runImage}");
        var note = new RunImageNote(run, runImage);
        var metadata = Metadata(app);
        var below = CountBelow(app, metadata);
        if (app.Layers.Take(below).Select(l => l.Blob.DiffId).SequenceEqual(run.Layers.Select(l => l.Blob.DiffId)))
            return image;
        if (!force)
            RebaseSafety.Check(app, metadata, note);
        var config = ImageDocuments.Rebased(app, below, run, Labels(app, metadata, note));
        return await StoreAsync(image.Repository, config, [.. run.Layers, .. app.Layers.Skip(below)], runImage.Repository, cancel);
    }

    private static JsonObject Metadata(StoredImage app)
    {
        try
        {
            if (app.Label(ImageLabels.Lifecycle) is { } label && JsonNode.Parse(label) is JsonObject metadata)
                return metadata;
        }
        catch (JsonException)
        {
            // As good as none.
        }
        throw Refuse("it was not made by buildpacks: build it again on the new stack");
    }

    private static int CountBelow(StoredImage app, JsonObject metadata)
    {
        var top = metadata["runImage"]?["topLayer"]?.GetValue<string>();
        var below = app.Layers.TakeWhile(l => l.Blob.DiffId.ToString() != top).Count() + 1;
        return below <= app.Layers.Count ? below : throw Refuse("it does not say which of its layers are the run image's");
    }

    private static Dictionary<string, string> Labels(StoredImage app, JsonObject metadata, RunImageNote run)
    {
        var isSameStack = RebaseSafety.RunImageOf(metadata) == run.Name;
        metadata["runImage"] = run.ToJson();
        metadata["stack"] = run.ToStackJson();
        var labels = app.Labels.Where(l => !IsRunImages(l.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var (key, value) in run.Image.Labels.Where(l => IsRunImages(l.Key)))
            labels[key] = value;
        // The name of a configured stack may be another than its run image gives itself; later builds go by it.
        if (isSameStack && app.Label(ImageLabels.Stack) is { } stack)
            labels[ImageLabels.Stack] = stack;
        labels[ImageLabels.Lifecycle] = metadata.ToJsonString();
        return labels;
    }

    private async Task<ImageRef> StoreAsync(
        string repository,
        byte[] config,
        IReadOnlyList<StoredLayer> layers,
        string runRepository,
        CancellationToken cancel
    )
    {
        using var push = await store.BeginPushAsync(cancel);
        var transfer = new BlobTransfer(store, repository);
        foreach (var layer in layers)
            await transfer.BorrowAsync(layer.Blob, runRepository, cancel);
        return (await transfer.PutImageAsync(config, layers, cancel)).Image;
    }

    private static bool IsRunImages(string label) =>
        Array.Exists(FromRunImage, prefix => label.StartsWith(prefix, StringComparison.Ordinal));

    private static BuildFailedException Refuse(string reason) => RebaseSafety.Refusal(reason);
}
