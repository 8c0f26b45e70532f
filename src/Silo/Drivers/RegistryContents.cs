using System.Collections.Immutable;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Silo.Drivers;

/// <summary>Lets the API read in images as the builder made them.</summary>
internal sealed class RegistryContents(ImageContents images) : IImageContents
{
    public Task<Result<ImmutableArray<BillOfMaterials>>> ListSbomsAsync(ImageRef image, CancellationToken cancel) =>
        images.ListSbomsAsync(image, cancel);

    public Task<Result<byte[]>> ReadSbomAsync(ImageRef image, string name, CancellationToken cancel) =>
        images.ReadSbomAsync(image, name, cancel);

    public Task<Error?> WriteSlugAsync(ImageRef image, Func<Stream> open, CancellationToken cancel) =>
        images.WriteSlugAsync(image, open, cancel);
}
