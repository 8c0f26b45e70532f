using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>Which image of a release a dyno runs, and how. Pure.</summary>
public static class DynoStarts
{
    public static (ImageRef Image, DynoStart Start) Process(SlugView slug, ProcessType type) =>
        Find(slug, type) is { } own ? (own.Image, new DynoStart.Image(own.Command)) : (slug.Image, new DynoStart.Process(type.ToString()));

    /// <summary>A command line in the image of a process type; of one that the release does not know, in the image that stands for all.</summary>
    public static (ImageRef Image, DynoStart Start) Line(SlugView slug, ProcessType type, string line) =>
        slug.Images is null
            ? (slug.Image, new DynoStart.CommandLine(line))
            : (Find(slug, type)?.Image ?? slug.Image, new DynoStart.Image(ImageCommands.OfLine(line)));

    private static ProcessImage? Find(SlugView slug, ProcessType type) => slug.Images?.GetValueOrDefault(type.ToString());
}
