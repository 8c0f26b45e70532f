using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>How many processors dynos keep busy, from the processor time that the engine counts. Dynos that are not measured in a round are forgotten.</summary>
internal sealed class CpuRates(TimeProvider time)
{
    private Dictionary<DynoHandle, (TimeSpan Cpu, long At)> before = [];
    private Dictionary<DynoHandle, (TimeSpan Cpu, long At)> now = [];

    /// <summary>Begins a round of measuring.</summary>
    public void Begin() => (before, now) = (now, []);

    /// <summary>Between the last round and this; null for a dyno that was not in the last.</summary>
    /// <param name="cpu">Processor time since the dyno's start.</param>
    public double? Of(DynoHandle dyno, TimeSpan cpu)
    {
        var at = time.GetTimestamp();
        now[dyno] = (cpu, at);
        if (!before.TryGetValue(dyno, out var last) || time.GetElapsedTime(last.At, at) is not { Ticks: > 0 } passed)
            return null;
        return Math.Max(0, (cpu - last.Cpu) / passed);
    }
}
