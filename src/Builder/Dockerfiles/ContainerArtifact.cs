using System.Collections.Immutable;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Dockerfiles;

/// <summary>What a build leaves that made or took images without a launcher.</summary>
internal static class ContainerArtifact
{
    /// <param name="main">The image for one-off dynos.</param>
    public static BuildArtifact Of(
        ImageRef main,
        IReadOnlyDictionary<string, (ProcessImage Process, string Shown)> processes,
        BuildReport report
    ) =>
        new(
            main,
            processes.ToImmutableSortedDictionary(p => p.Key, p => p.Value.Shown),
            report.SizeBytes(),
            report.UploadedBytes(),
            [],
            processes.ToImmutableSortedDictionary(p => p.Key, p => p.Value.Process),
            Report: report
        );

    /// <summary>What one of some process types ran in the release before; null when none of them was there.</summary>
    /// <param name="isMain">Whether they run the image that one-off dynos do.</param>
    public static async Task<StoredImage?> FindPreviousAsync(
        BuildJob job,
        IEnumerable<string> types,
        bool isMain,
        IImageStore store,
        CancellationToken cancel
    )
    {
        var previous = types.Select(type => job.PreviousImages?.GetValueOrDefault(type)?.Image).FirstOrDefault(image => image is not null);
        previous ??= isMain ? job.PreviousImage : null;
        return previous is null ? null : await StoredImage.FindAsync(store, previous, cancel);
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
