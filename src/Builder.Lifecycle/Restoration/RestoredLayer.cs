using NeetoDeploy.Builder.Lifecycle.Building;

namespace NeetoDeploy.Builder.Lifecycle.Restoration;

/// <summary>What a buildpack finds of a layer of the build before.</summary>
/// <param name="Metadata">What its file remembers. The types are gone: a buildpack says anew what a layer is for, or loses it.</param>
/// <param name="WithContents">Its folder too.</param>
internal sealed record RestoredLayer(object? Metadata, bool WithContents)
{
    /// <summary>The specification's table of build × cache × launch; null when nothing is restored.</summary>
    public static RestoredLayer? Decide(LayerToml layer, PreviousLayer? previous) =>
        layer.Types switch
        {
            { Cache: true } => new(layer.Metadata, WithContents: true),
            // Only in the image: the exporter takes it from there again when the buildpack is content with what the file tells.
            { Launch: true, Build: false } when previous is { Launch: true } => new(JsonAsToml.Value(previous.Data), WithContents: false),
            _ => null,
        };

    /// <summary>The same of a layer of which nothing is here but what the image tells.</summary>
    public static RestoredLayer? Decide(PreviousLayer previous) =>
        previous is { Launch: true, Build: false, Cache: false } ? new(JsonAsToml.Value(previous.Data), WithContents: false) : null;
}
