using System.Collections.Immutable;

namespace NeetoDeploy.Core.Dynos;

/// <summary>What a dyno may use: memory in bytes, CPU in thousandths of a core, and processes.</summary>
/// <param name="Name">The canonical name, such as <c>Standard-1X</c>.</param>
/// <param name="MemoryBytes">The quota: R14 above it, R15 and a kill above twice of it.</param>
/// <param name="CpuMillis">Weight under contention and, for Performance sizes, what is guaranteed.</param>
/// <param name="PidsLimit">Processes and threads together.</param>
[GenerateSerializer, Immutable, Alias("neeto.DynoSize")]
public sealed record DynoSize(
    [property: Id(0)] string Name,
    [property: Id(1)] long MemoryBytes,
    [property: Id(2)] int CpuMillis,
    [property: Id(3)] int PidsLimit
)
{
    private const long Mib = 1L << 20;

    /// <summary>Every size, smallest first. Memory and limits follow Heroku's common runtime.</summary>
    public static readonly ImmutableArray<DynoSize> All =
    [
        new("Eco", 512 * Mib, 500, 256),
        new("Basic", 512 * Mib, 500, 256),
        new("Standard-1X", 512 * Mib, 500, 256),
        new("Standard-2X", 1024 * Mib, 1000, 512),
        new("Performance-M", 2560 * Mib, 2000, 16384),
        new("Performance-L", 14336 * Mib, 4000, 32768),
    ];

    /// <summary>The size of a new process type.</summary>
    public static DynoSize Default => All[2];

    /// <summary>Finds a size by its name in any letter case; null when there is none.</summary>
    public static DynoSize? Find(string name) =>
        All.FirstOrDefault(size => string.Equals(size.Name, name, StringComparison.OrdinalIgnoreCase));
}
