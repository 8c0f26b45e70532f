using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Creators;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Images;

/// <summary>Whether an app that was built on one run image may be expected to work on another.</summary>
internal static class RebaseSafety
{
    // In the band 70–79 that the platform specification gives to rebasing.
    private const int CannotRebase = 72;

    private const string DistroName = "io.buildpacks.base.distro.name";
    private const string DistroVersion = "io.buildpacks.base.distro.version";

    /// <exception cref="BuildFailedException">It may not.</exception>
    public static void Check(StoredImage app, JsonObject metadata, RunImageNote run)
    {
        if (app.Label(ImageLabels.Rebasable) == "false")
            throw Refusal("its label io.buildpacks.rebasable is false: build it again, or force it");
        var (before, after) = (Target(app), Target(run.Image));
        if (before != after)
            throw Refusal($"it was built for {before}, and the run image is {after}: build it again, or force it");
        if (RunImageOf(metadata) is { } name && name != run.Name)
            throw Refusal($"it was built on {name}, not on {run.Name}: build it again, or force it");
    }

    public static BuildFailedException Refusal(string reason) =>
        new(BuildPhase.Export, CannotRebase, $"the image cannot be put on another run image: {reason}");

    private static string Target(StoredImage image) =>
        string.Join(
            ' ',
            new[]
            {
                Text(image, "os"),
                Text(image, "architecture"),
                Text(image, "variant"),
                image.Label(DistroName),
                image.Label(DistroVersion),
            }.Where(part => !string.IsNullOrEmpty(part))
        );

    private static string? Text(StoredImage image, string key) => image.Config[key]?.GetValue<string>();

    /// <summary>The name of the run image that an image was made on; null when its label names none, or one in a builder's folder.</summary>
    public static string? RunImageOf(JsonObject metadata) =>
        metadata["runImage"]?["image"]?.GetValue<string>() is { } name && !name.StartsWith(LayoutNames.Registry, StringComparison.Ordinal)
            ? name
            : null;
}
