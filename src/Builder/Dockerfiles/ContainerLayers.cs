using NeetoDeploy.Builder.Images;
using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Dockerfiles;

/// <summary>The layers of images without a launcher: all but those of the stack, which the images may stand on and the registry has.</summary>
internal sealed class ContainerLayers
{
    private readonly HashSet<ImageDigest> stack;

    private ContainerLayers(HashSet<ImageDigest> stack) => this.stack = stack;

    public static async Task<ContainerLayers> ReadAsync(IImageStore store, ImageRef runImage, CancellationToken cancel)
    {
        var stored = await StoredImage.FindAsync(store, runImage, cancel);
        return new([.. (stored?.Layers ?? []).Select(layer => layer.Blob.DiffId)]);
    }

    /// <summary>What a build shows of its images beside those of the release before, both by name. A layer that several share is counted once.</summary>
    public BuildReport Compare(IReadOnlyDictionary<string, ContainerImage> images, IReadOnlyDictionary<string, StoredImage> before)
    {
        var old = before.SelectMany(image => Own(image.Value).Select(layer => (Image: image.Key, Layer: layer))).ToList();
        var sizes = old.ToDictionary(o => (o.Image, o.Layer.Name), o => o.Layer.Blob.Size);
        var known = old.Select(o => o.Layer.Blob.DiffId).ToHashSet();
        var layers = images
            .SelectMany(image => Own(image.Value.Stored).Select(layer => (Image: image.Key, layer.Name, layer.Blob)))
            .DistinctBy(layer => layer.Blob.DiffId)
            .Select(layer => new BuiltLayer(
                images.Count == 1 ? layer.Name : $"{layer.Image}: {layer.Name}",
                layer.Blob.Size,
                known.Contains(layer.Blob.DiffId) ? 0 : layer.Blob.Size,
                sizes.TryGetValue((layer.Image, layer.Name), out var size) ? size : null
            ));
        return new([.. layers], [], before.Count == 0 ? null : old.DistinctBy(o => o.Layer.Blob.DiffId).Sum(o => o.Layer.Blob.Size), []);
    }

    /// <summary>Bottom first. What is named like one below gets a number: a Dockerfile may have the same step twice.</summary>
    private IEnumerable<(string Name, LayerBlob Blob)> Own(StoredImage image)
    {
        var names = LayerNames.Of(image.Config, image.Layers.Count);
        var times = new Dictionary<string, int>();
        foreach (var (name, layer) in names.Zip(image.Layers).Where(layer => !stack.Contains(layer.Second.Blob.DiffId)))
        {
            var time = times[name] = times.GetValueOrDefault(name) + 1;
            yield return (time == 1 ? name : $"{name} ({time})", layer.Blob);
        }
    }
}
