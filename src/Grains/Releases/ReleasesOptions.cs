namespace NeetoDeploy.Grains.Releases;

/// <summary>What an installation says about the releases of every app.</summary>
public sealed class ReleasesOptions
{
    /// <summary>How many images are kept: those of the newest releases, and as many that can be rolled back to.</summary>
    public int ImagesKept { get; set; } = 30;

    /// <summary>How many releases are remembered; what runs is, however old it is.</summary>
    public int ReleasesKept { get; set; } = 1000;
}
