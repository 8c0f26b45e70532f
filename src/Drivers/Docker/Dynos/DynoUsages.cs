using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Drivers.Docker.Dynos;

/// <summary>Reads what a container uses from the engine's statistics, with either version of control groups.</summary>
internal static class DynoUsages
{
    /// <summary>Null when the container does not run: the engine then answers without figures.</summary>
    public static DynoUsage? Read(ContainerStatsResponse stats)
    {
        if (stats.MemoryStats?.Usage is not { } usage || usage == 0)
            return null;
        var details = stats.MemoryStats.Stats ?? new Dictionary<string, ulong>();
        // Version 1 counts pages of files as total_cache, version 2 as file.
        var cache =
            details.TryGetValue("total_cache", out var v1) ? v1
            : details.TryGetValue("file", out var v2) ? v2
            : 0;
        cache = Math.Min(cache, usage);
        var cpu = TimeSpan.FromTicks((long)((stats.CPUStats?.CPUUsage?.TotalUsage ?? 0) / 100));
        return new DynoUsage((long)(usage - cache), (long)cache, cpu);
    }
}
