using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Images;

/// <summary>The images that a new one is made beside.</summary>
/// <param name="Run">What it stands on.</param>
/// <param name="RunImage">Where the registry has that.</param>
/// <param name="Previous">That of the current release; null for none.</param>
internal sealed record Analysis(StoredImage Run, ImageRef RunImage, StoredImage? Previous)
{
    /// <exception cref="DriverException">The registry has lost the run image.</exception>
    public static async Task<Analysis> FindAsync(IImageStore store, StackImages stack, ImageRef? previous, CancellationToken cancel) =>
        new(
            await StoredImage.FindAsync(store, stack.RunImage, cancel)
                ?? throw new DriverException(DriverErrorKind.NotFound, "stack.run_image_missing", $"The registry has no {stack.RunImage}."),
            stack.RunImage,
            previous is null ? null : await StoredImage.FindAsync(store, previous, cancel)
        );

    /// <summary>Layers that were made for other base images are not used on these.</summary>
    public Analysis WithLayersOf(string? stack) => Previous?.Label(ImageLabels.Stack) == stack ? this : this with { Previous = null };
}
