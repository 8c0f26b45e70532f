using System.Collections.Immutable;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Images;

/// <summary>Makes another app's images images of this app too. The registry shares the layers; no byte of them moves, and digests stay.</summary>
internal sealed class ImageCopy(BuildJob job, BuildTools tools, BuildTranscript transcript)
{
    private readonly string repository = ImageRepositories.Of(job.App);

    public async Task<BuildOutcome> RunAsync(SlugSpec slug, ImageRef original, CancellationToken cancel)
    {
        await transcript.LineAsync("-----> Taking over the image");
        var originals = (slug.Images?.Values ?? []).Select(process => process.Image).Prepend(original).Distinct().ToList();
        var copied = await transcript.MeasureAsync(BuildPhase.Export, () => CopyAsync(originals, cancel));
        if (copied is null)
            return new BuildOutcome.Failed(
                new BuildFailure(BuildPhase.Export, 0, "the image has just been removed from the app that it was made for")
            );
        foreach (var image in originals)
            await transcript.MeasureAsync(BuildPhase.Pull, () => new EnginePull(tools.Dynos, transcript).TryAsync(Mine(image), cancel));
        await transcript.LineAsync("-----> Done");
        var size = copied.Sum(image => image.OwnLayers().Sum(layer => layer.Blob.Size));
        var images = slug.Images?.ToImmutableSortedDictionary(p => p.Key, p => p.Value with { Image = Mine(p.Value.Image) });
        return new BuildOutcome.Succeeded(new BuildArtifact(Mine(original), slug.ProcessTypes, size, 0, [], images));
    }

    private ImageRef Mine(ImageRef image) => image with { Repository = repository };

    /// <summary>Null when one of them is not there.</summary>
    private async Task<IReadOnlyList<StoredImage>?> CopyAsync(IEnumerable<ImageRef> originals, CancellationToken cancel)
    {
        using var push = await tools.Images.BeginPushAsync(cancel);
        var copied = new List<StoredImage>();
        foreach (var original in originals)
        {
            if (await CopyAsync(original, cancel) is not { } stored)
                return null;
            copied.Add(stored);
        }
        return copied;
    }

    private async Task<StoredImage?> CopyAsync(ImageRef original, CancellationToken cancel)
    {
        var store = tools.Images;
        var manifest = await store.GetManifestAsync(original.Repository, original.Digest.ToString(), cancel);
        if (manifest is null || await StoredImage.FindAsync(store, original, cancel) is not { } stored)
            return null;
        var transfer = new BlobTransfer(store, repository);
        foreach (var blob in stored.Layers.Select(layer => layer.Blob).Append(stored.ConfigBlob))
            await transfer.BorrowAsync(blob, original.Repository, cancel);
        await store.PutManifestAsync(repository, original.Digest.ToString(), manifest.MediaType, manifest.Content, cancel);
        return stored;
    }
}
