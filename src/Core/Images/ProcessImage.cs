using System.Collections.Immutable;

namespace NeetoDeploy.Core.Images;

/// <summary>What a process type runs when its image has no launcher: one that a Dockerfile made, or one that was given.</summary>
/// <param name="Command">Words for the image's ENTRYPOINT, in the place of its CMD; none: its CMD.</param>
[GenerateSerializer, Immutable, Alias("neeto.ProcessImage")]
public sealed record ProcessImage([property: Id(0)] ImageRef Image, [property: Id(1)] ImmutableArray<string> Command);
