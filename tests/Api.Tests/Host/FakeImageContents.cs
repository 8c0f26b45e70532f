using System.Collections.Immutable;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Api.Tests.Host;

/// <summary>Images that hold what a test puts into them; others have gone.</summary>
public sealed class FakeImageContents : IImageContents
{
    private static readonly Error Gone = new(ErrorCodes.ImageNotFound, "The image has been removed.");

    private readonly Dictionary<ImageRef, byte[]> slugs = [];

    private readonly Dictionary<ImageRef, ImmutableSortedDictionary<string, byte[]>> images = [];

    public void Put(ImageRef image, params (string Name, byte[] Content)[] sboms) =>
        images[image] = sboms.ToImmutableSortedDictionary(s => s.Name, s => s.Content, StringComparer.Ordinal);

    /// <param name="archive">Null: the registry goes away when half of one is written.</param>
    public void PutSlug(ImageRef image, byte[]? archive) => slugs[image] = archive ?? [];

    public async Task<Error?> WriteSlugAsync(ImageRef image, Func<Stream> open, CancellationToken cancel)
    {
        if (!slugs.TryGetValue(image, out var archive))
            return Gone;
        var output = open();
        if (archive.Length > 0)
        {
            await output.WriteAsync(archive, cancel);
            return null;
        }
        await output.WriteAsync(new byte[1000], cancel);
        await output.FlushAsync(cancel);
        return new Error(ErrorCodes.RegistryUnavailable, "The registry went away.");
    }

    public Task<Result<ImmutableArray<BillOfMaterials>>> ListSbomsAsync(ImageRef image, CancellationToken cancel) =>
        Task.FromResult<Result<ImmutableArray<BillOfMaterials>>>(
            !images.TryGetValue(image, out var sboms) ? Gone
            : sboms.IsEmpty ? new Error(ErrorCodes.SbomNotFound, "None.")
            : sboms.Select(s => new BillOfMaterials(s.Key, s.Value.Length)).ToImmutableArray()
        );

    public Task<Result<byte[]>> ReadSbomAsync(ImageRef image, string name, CancellationToken cancel) =>
        Task.FromResult<Result<byte[]>>(
            !images.TryGetValue(image, out var sboms) ? Gone
            : sboms.TryGetValue(name, out var content) ? content
            : new Error(ErrorCodes.SbomNotFound, "No such.")
        );
}
