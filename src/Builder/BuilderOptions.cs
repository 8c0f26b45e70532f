using System.Collections.Immutable;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder;

/// <summary>An operator's settings for building on this machine.</summary>
public sealed record BuilderOptions
{
    /// <summary>Holds a folder for each app: its source, its kept layers, its cache. Made when missing.</summary>
    public required string BuildsDirectory { get; init; }

    /// <summary>Where <c>file://</c> sources may be; anything else on this machine is refused.</summary>
    public required ImmutableArray<string> SourceDirectories { get; init; }

    /// <summary>Lets <c>http(s)://</c> sources come from loopback and private addresses.</summary>
    public bool AllowPrivateSources { get; init; }

    /// <summary>What a source may measure.</summary>
    public SourceLimits Sources { get; init; } = new();

    /// <summary>Memory of a build sandbox.</summary>
    public long SandboxMemoryBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>CPU of a build sandbox, in thousandths of a core.</summary>
    public int SandboxCpuMillis { get; init; } = 2000;

    /// <summary>Processes and threads in a build sandbox.</summary>
    public int SandboxPidsLimit { get; init; } = 2048;

    /// <summary>How long a buildpack may take to say whether it applies to an app; the build of one that takes longer fails.</summary>
    public TimeSpan DetectTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>More folders or files for every sandbox, such as the machine's certificate authorities.</summary>
    public ImmutableArray<SandboxMount> SandboxMounts { get; init; } = [];

    /// <summary>Reaches buildpacks like config vars, which win over it: a package registry's address, a proxy.</summary>
    public ImmutableSortedDictionary<string, string> BuildEnvironment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>
    /// What must be free on the disk of <see cref="BuildsDirectory"/> for a build to begin: the rest of the installation lives on the same disk.
    /// A build that fails with less gives back all that it keeps.
    /// </summary>
    public long LeastFreeBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>What a build may have on disk: source, layers, cache and temporary files together.</summary>
    public long LargestBuildBytes { get; init; } = 10L * 1024 * 1024 * 1024;

    /// <summary>How many files and folders those may be.</summary>
    public long MostBuildFiles { get; init; } = 500_000;

    /// <summary>What all apps' kept layers and caches may take together; those of the least recently built apps go first.</summary>
    public long KeptCacheBytes { get; init; } = 20L * 1024 * 1024 * 1024;

    /// <summary>How long an app that is not built keeps them.</summary>
    public TimeSpan KeptCacheAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>While less is free on the disk, caches go as well.</summary>
    public long FloorFreeBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>How large a download may be that other apps' builds find again.</summary>
    public long LargestDownloadBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How large all of those may be together; the oldest go first.</summary>
    public long SharedDownloadBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>How large all fetched buildpacks may be together; those not used for longest go first, and none that was used within a day.</summary>
    public long BuildpackBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Heroku's registry of classic buildpacks: <c>NAMESPACE/NAME.tgz</c> below it.</summary>
    public Uri ClassicRegistry { get; init; } = new("https://buildpack-registry.s3.amazonaws.com/buildpacks");

    /// <summary>The index of the registry of Cloud Native Buildpacks.</summary>
    public Uri BuildpackIndex { get; init; } = new("https://raw.githubusercontent.com/buildpacks/registry-index/main");

    /// <summary>How much output of a build is shown; what comes after is dropped, and its amount told.</summary>
    public long LargestOutputBytes { get; init; } = 10L * 1024 * 1024;

    /// <summary>How much a build may write at all before it fails.</summary>
    public long EndlessOutputBytes { get; init; } = 256L * 1024 * 1024;
}

/// <summary>What a source may measure before it is refused.</summary>
public sealed record SourceLimits
{
    /// <summary>Of the archive as it is sent.</summary>
    public long ArchiveBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Of all its files together.</summary>
    public long UnpackedBytes { get; init; } = 1024L * 1024 * 1024;

    public int Entries { get; init; } = 200_000;

    /// <summary>How long fetching it may take.</summary>
    public TimeSpan FetchTime { get; init; } = TimeSpan.FromMinutes(5);
}
