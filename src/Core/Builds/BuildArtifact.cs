using System.Collections.Immutable;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Core.Builds;

/// <summary>What a successful build leaves.</summary>
/// <param name="Image">The pushed image.</param>
/// <param name="ProcessTypes">Command of each process type, as declared.</param>
/// <param name="SizeBytes">Compressed size of the app's own layers.</param>
/// <param name="UploadedBytes">Layer bytes that had to be uploaded.</param>
/// <param name="Buildpacks">What built it, such as <c>neeto/nodejs 1.0.0</c>.</param>
[GenerateSerializer, Immutable, Alias("neeto.BuildArtifact")]
public sealed record BuildArtifact(
    [property: Id(0)] ImageRef Image,
    [property: Id(1)] ImmutableSortedDictionary<string, string> ProcessTypes,
    [property: Id(2)] long SizeBytes,
    [property: Id(3)] long UploadedBytes,
    [property: Id(4)] ImmutableArray<string> Buildpacks
);
