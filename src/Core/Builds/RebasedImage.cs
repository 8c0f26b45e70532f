using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Core.Builds;

/// <summary>How an image came to be that was put on another run image.</summary>
/// <param name="From">The image of the release that it was made of. What that one's slug says of itself (commit, process types, buildpacks) is true of it, too.</param>
/// <param name="RunImage">What it stands on now.</param>
[GenerateSerializer, Immutable, Alias("neeto.RebasedImage")]
public sealed record RebasedImage([property: Id(0)] ImageRef From, [property: Id(1)] ImageRef RunImage);
