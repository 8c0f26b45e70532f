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

    /// <summary>The images that the release before had in the places of these; those that had none are left out.</summary>
    /// <param name="images">Each by its name, with the process types that run it.</param>
    /// <param name="main">The name of the image that one-off dynos run.</param>
    public static async Task<Dictionary<string, StoredImage>> FindPreviousAsync(
        BuildJob job,
        IEnumerable<(string Name, IEnumerable<string> Types)> images,
        string main,
        IImageStore store,
        CancellationToken cancel
    )
    {
        var found = new Dictionary<string, StoredImage>();
        foreach (var (name, types) in images)
        {
            var before = types
                .Select(type => job.PreviousImages?.GetValueOrDefault(type)?.Image)
                .FirstOrDefault(image => image is not null);
            before ??= name == main ? job.PreviousImage : null;
            if (before is not null && await StoredImage.FindAsync(store, before, cancel) is { } stored)
                found[name] = stored;
        }
        return found;
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
