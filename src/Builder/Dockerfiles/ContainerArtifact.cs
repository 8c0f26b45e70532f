using System.Collections.Immutable;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Builder.Dockerfiles;

/// <summary>What a build leaves that made or took images without a launcher.</summary>
internal static class ContainerArtifact
{
    /// <param name="main">The image for one-off dynos.</param>
    /// <param name="known">Layers that cost nothing: those of the last build and of the stack.</param>
    public static BuildArtifact Of(
        ContainerImage main,
        IReadOnlyDictionary<string, (ProcessImage Process, string Shown)> processes,
        IEnumerable<ContainerImage> images,
        IEnumerable<StoredLayer> known
    )
    {
        var layers = images.SelectMany(image => image.Layers).DistinctBy(layer => layer.Blob.Digest).ToList();
        var before = known.Select(layer => layer.Blob.Digest).ToHashSet();
        return new(
            main.Reference,
            processes.ToImmutableSortedDictionary(p => p.Key, p => p.Value.Shown),
            layers.Sum(layer => layer.Blob.Size),
            layers.Where(layer => !before.Contains(layer.Blob.Digest)).Sum(layer => layer.Blob.Size),
            [],
            processes.ToImmutableSortedDictionary(p => p.Key, p => p.Value.Process)
        );
    }

    /// <summary>Lets the engine fetch the images; answers whether it has all of them.</summary>
    public static async Task<bool> PullAsync(
        IEnumerable<ContainerImage> images,
        BuildTools tools,
        BuildTranscript transcript,
        CancellationToken cancel
    )
    {
        var pull = new EnginePull(tools.Dynos, transcript);
        var isThere = true;
        foreach (var image in images.Select(image => image.Reference).Distinct())
            isThere &= await pull.TryAsync(image, cancel);
        return isThere;
    }
}
