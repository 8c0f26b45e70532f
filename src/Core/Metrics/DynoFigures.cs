using System.Text.Json.Serialization;

namespace NeetoDeploy.Core.Metrics;

/// <summary>What a dyno used, measured some times.</summary>
/// <param name="Samples">How often it was measured.</param>
/// <param name="MemoryBytes">The sum of all samples, without page cache.</param>
/// <param name="MostMemoryBytes">The highest of them.</param>
/// <param name="Quota">Bytes that the dyno's size has.</param>
/// <param name="Cpus">The sum of all samples: how many processors it kept busy, such as 0.25.</param>
[GenerateSerializer, Immutable, Alias("neeto.DynoFigures")]
public sealed record DynoFigures(
    [property: Id(0)] int Samples,
    [property: Id(1)] long MemoryBytes,
    [property: Id(2)] long MostMemoryBytes,
    [property: Id(3)] long Quota,
    [property: Id(4)] double Cpus
)
{
    /// <summary>One sample.</summary>
    public static DynoFigures Of(long memoryBytes, long quota, double cpus) => new(1, memoryBytes, memoryBytes, quota, cpus);

    [JsonIgnore]
    public double MeanCpus => Cpus / Samples;

    public DynoFigures Add(DynoFigures later) =>
        new(
            Samples + later.Samples,
            MemoryBytes + later.MemoryBytes,
            Math.Max(MostMemoryBytes, later.MostMemoryBytes),
            later.Quota,
            Cpus + later.Cpus
        );
}
