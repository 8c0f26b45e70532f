using System.Collections.Immutable;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Grains.Interfaces.Builds;

/// <summary>
/// What is in images, too much to pass through a grain. Whoever asks has learnt of the image from a grain, which decides who may. The host brings it; what
/// is in an image came from buildpacks, and nobody vouches for it.
/// </summary>
public interface IImageContents
{
    /// <summary>The bills of materials of an image, by name; one that has none is refused with <see cref="ErrorCodes.SbomNotFound"/>.</summary>
    Task<Result<ImmutableArray<BillOfMaterials>>> ListSbomsAsync(ImageRef image, CancellationToken cancel);

    /// <summary>One of them as its buildpack wrote it: at most 16 MB, and not known to be JSON.</summary>
    Task<Result<byte[]>> ReadSbomAsync(ImageRef image, string name, CancellationToken cancel);

    /// <summary>
    /// Writes an image that a launcher starts as the archive of a slug, in bounded memory. <paramref name="open"/> is called once there is an image to read;
    /// a refusal after that means that what was written is not all of it.
    /// </summary>
    /// <returns>Null when it is written.</returns>
    Task<Error?> WriteSlugAsync(ImageRef image, Func<Stream> open, CancellationToken cancel);
}
