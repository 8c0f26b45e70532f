using System.Collections.Immutable;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Images;

/// <summary>What is in the images that builds made, read from the registry. It came from buildpacks, and is read with limits.</summary>
public sealed class ImageContents(IImageStore store)
{
    private static Error Gone { get; } =
        new(
            ErrorCodes.ImageNotFound,
            "The image has been removed: only those of an app's newest releases and slugs are kept. Deploy again to have one."
        );

    private static Error None { get; } = new(ErrorCodes.SbomNotFound, "No buildpack of this build wrote a bill of materials.");

    private static Error NoSlug { get; } =
        new(
            ErrorCodes.SlugNotFound,
            "A builder of its own made this slug, whose app is elsewhere than in /app: it has no archive. Release it in another app by its id."
        );

    /// <summary>The bills of materials of an image, by name; never an empty list.</summary>
    public Task<Result<ImmutableArray<BillOfMaterials>>> ListSbomsAsync(ImageRef image, CancellationToken cancel) =>
        ReadAsync<ImmutableArray<BillOfMaterials>>(
            image,
            async stored =>
            {
                var found = new List<BillOfMaterials>();
                await foreach (var (sbom, _) in StoredSboms.ReadAsync(store, image.Repository, stored, cancel))
                    found.Add(sbom);
                return found.Count == 0 ? None : found.OrderBy(sbom => sbom.Name, StringComparer.Ordinal).ToImmutableArray();
            },
            cancel
        );

    /// <summary>One of them as its buildpack wrote it: at most 16 MB, and not known to be JSON.</summary>
    public Task<Result<byte[]>> ReadSbomAsync(ImageRef image, string name, CancellationToken cancel) =>
        ReadAsync<byte[]>(
            image,
            async stored =>
            {
                var others = new List<string>();
                await foreach (var (sbom, content) in StoredSboms.ReadAsync(store, image.Repository, stored, cancel))
                {
                    if (sbom.Name == name)
                        return await ReadAsync(content, cancel);
                    others.Add(sbom.Name);
                }
                return others.Count == 0
                    ? None
                    : new Error(ErrorCodes.SbomNotFound, $"The image has no such bill of materials. It has: {string.Join(", ", others)}.");
            },
            cancel
        );

    /// <summary>
    /// Writes an image as the archive of a slug. <paramref name="open"/> is called once there is an image to read; a refusal after that means that what was
    /// written is not all of it.
    /// </summary>
    /// <returns>Null when it is written.</returns>
    public async Task<Error?> WriteSlugAsync(ImageRef image, Func<Stream> open, CancellationToken cancel) =>
        (
            await ReadAsync<Done>(
                image,
                async stored =>
                {
                    if (!SlugArchive.IsPossible(stored))
                        return NoSlug;
                    await new SlugArchive(store, open()).WriteAsync(image, stored, cancel);
                    return default(Done);
                },
                cancel
            )
        ).Error;

    private async Task<Result<T>> ReadAsync<T>(ImageRef image, Func<StoredImage, Task<Result<T>>> read, CancellationToken cancel)
    {
        try
        {
            return await StoredImage.FindAsync(store, image, cancel) is { } stored ? await read(stored) : Gone;
        }
        catch (DriverException e) when (e.Kind == DriverErrorKind.NotFound)
        {
            return Gone;
        }
        catch (DriverException e) when (e.IsTransient)
        {
            return new Error(ErrorCodes.RegistryUnavailable, $"The registry cannot be read now: {e.Message} Try again in a moment.");
        }
        catch (Exception e) when (e is DriverException or SourceException or InvalidDataException or EndOfStreamException)
        {
            return new Error(ErrorCodes.ImageUnreadable, $"The image cannot be read: {e.Message}. Deploy again to have another one.");
        }
    }

    private static async Task<byte[]> ReadAsync(Stream content, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
    }
}
