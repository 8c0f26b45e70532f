using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeetoDeploy.Builder.Lifecycle.Platform;

/// <summary>Measures the phases and writes their durations for the build agent.</summary>
internal sealed class PhaseClock(TimeProvider time, string path)
{
    private readonly List<PhaseDuration> durations = [];

    /// <summary>Runs one phase. Its duration is written even when it fails.</summary>
    public async Task MeasureAsync(string phase, Func<Task> run)
    {
        var start = time.GetTimestamp();
        try
        {
            await run();
        }
        finally
        {
            durations.Add(new(phase, (long)time.GetElapsedTime(start).TotalMilliseconds));
            if (path.Length > 0)
                File.WriteAllText(path, JsonSerializer.Serialize(durations, PhaseJson.Default.ListPhaseDuration));
        }
    }
}

internal sealed record PhaseDuration(string Phase, long Milliseconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<PhaseDuration>))]
internal sealed partial class PhaseJson : JsonSerializerContext;
