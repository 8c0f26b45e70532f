namespace NeetoDeploy.Builder.Lifecycle.Platform;

/// <summary>Where a build happens. Every path is an argument, so that a build can run anywhere.</summary>
/// <param name="App">The source; buildpacks change it in place.</param>
/// <param name="Layers">Kept between builds of an app.</param>
/// <param name="PlatformDirectory">Has <c>env/NAME</c> files with the config vars.</param>
/// <param name="Buildpacks">Folders, separated by colons, of <c>&lt;id with / as _&gt;/&lt;version&gt;/</c>; what several have is taken from the first.</param>
/// <param name="Order">The order of detection.</param>
/// <param name="System">Buildpacks that the platform puts before and behind every group.</param>
/// <param name="BuildConfig">The operator's <c>env/</c>, by the same rules as a layer's.</param>
/// <param name="Cache">Kept between builds of an app, for package managers; buildpacks get it as <c>NEETO_CACHE_DIR</c>.</param>
/// <param name="Downloads">Of any app's builds, by the SHA-512 of what is in them; buildpacks get it as <c>NEETO_DOWNLOADS_DIR</c>.</param>
/// <param name="DebianLists">Debian's lists of packages, for any app's builds; buildpacks get it as <c>NEETO_DEBIAN_DIR</c>. Need not be there.</param>
/// <param name="Phases">Where the phases' durations are written; empty for nowhere.</param>
internal sealed record LifecyclePaths(
    string App,
    string Layers,
    string PlatformDirectory,
    string Buildpacks,
    string Order,
    string System,
    string BuildConfig,
    string Cache,
    string Downloads,
    string DebianLists,
    string Phases
)
{
    public string Group => Path.Combine(Layers, "group.toml");

    public string Plan => Path.Combine(Layers, "plan.toml");

    public string Analyzed => Path.Combine(Layers, "analyzed.toml");

    /// <summary>Bills of materials: <c>launch/</c> for the image, <c>build/</c> of what only built it.</summary>
    public string Sbom => Path.Combine(Layers, "sbom");

    public string Metadata => Path.Combine(Layers, "config", "metadata.toml");

    /// <summary>For classic buildpacks, kept between builds of an app.</summary>
    public string ClassicCache => Path.Combine(Cache, "classic");

    /// <summary>Holds the name of the buildpack at which a build failed.</summary>
    public string FailedBuildpack => Path.Combine(Layers, "failed-buildpack");

    /// <summary>Holds the names of the buildpacks that have been asked whether they apply and have not answered.</summary>
    public string AskedBuildpacks => Path.Combine(Layers, "asked-buildpacks");

    /// <summary>There from before the first buildpack changes a layer until after the last has: where it is found, layers may be half changed.</summary>
    public string UnfinishedMark => Path.Combine(Layers, ".unfinished");

    public static LifecyclePaths From(Arguments arguments)
    {
        var layers = arguments.Get("layers", "CNB_LAYERS_DIR", "/layers");
        return new(
            Full(arguments.Get("app", "CNB_APP_DIR", "/workspace")),
            Full(layers),
            Full(arguments.Get("platform", "CNB_PLATFORM_DIR", "/platform")),
            arguments.Get("buildpacks", "CNB_BUILDPACKS_DIR", "/cnb/buildpacks"),
            Full(arguments.Get("order", "CNB_ORDER_PATH", OrderIn(layers))),
            Full(arguments.Get("system", "CNB_SYSTEM_PATH", "/cnb/system.toml")),
            Full(arguments.Get("build-config", "CNB_BUILD_CONFIG_DIR", "/cnb/build-config")),
            Full(arguments.Get("cache", "NEETO_CACHE_DIR", "/cache")),
            Full(arguments.Get("downloads", "NEETO_DOWNLOADS_DIR", "/downloads")),
            Full(arguments.Get("debian-lists", "NEETO_DEBIAN_DIR", "/debian")),
            arguments.Get("phases", "NEETO_PHASES_PATH", "")
        );
    }

    private static string OrderIn(string layers) =>
        Path.Combine(layers, "order.toml") is var own && File.Exists(own) ? own : "/cnb/order.toml";

    private static string Full(string path) => Path.GetFullPath(path);
}
