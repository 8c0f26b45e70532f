using System.Collections.Immutable;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Core.Builds;

/// <summary>What a successful build leaves.</summary>
/// <param name="Image">The pushed image; of several, the one that one-off dynos run.</param>
/// <param name="ProcessTypes">Command of each process type, as declared.</param>
/// <param name="SizeBytes">Compressed size of the app's own layers.</param>
/// <param name="UploadedBytes">Layer bytes that had to be uploaded.</param>
/// <param name="Buildpacks">What built it, such as <c>neeto/nodejs 1.0.0</c>.</param>
/// <param name="Images">What each process type runs; null when a launcher in <paramref name="Image"/> starts all of them.</param>
/// <param name="Setup">Config vars that the source asks for in an app that has released nothing yet; null for none.</param>
/// <param name="Report">Its layers, and what they are like beside those before; null when nobody compared.</param>
/// <param name="Rebased">Set when nothing was built, and an image was put on another run image.</param>
/// <param name="Commit">What was built of a git repository; null for every other source.</param>
[GenerateSerializer, Immutable, Alias("neeto.BuildArtifact")]
public sealed record BuildArtifact(
    [property: Id(0)] ImageRef Image,
    [property: Id(1)] ImmutableSortedDictionary<string, string> ProcessTypes,
    [property: Id(2)] long SizeBytes,
    [property: Id(3)] long UploadedBytes,
    [property: Id(4)] ImmutableArray<string> Buildpacks,
    [property: Id(5)] ImmutableSortedDictionary<string, ProcessImage>? Images = null,
    [property: Id(6)] ImmutableSortedDictionary<string, string>? Setup = null,
    [property: Id(7)] BuildReport? Report = null,
    [property: Id(8)] RebasedImage? Rebased = null,
    [property: Id(9)] string? Commit = null
)
{
    /// <summary>Whether the build found that there was nothing to do: the image is that of the release before.</summary>
    public bool IsNothingNew() => Rebased?.From == Image;
}
