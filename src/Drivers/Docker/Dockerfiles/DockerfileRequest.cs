using System.Globalization;
using System.Text.Json;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Docker.Networks;

namespace NeetoDeploy.Drivers.Docker.Dockerfiles;

/// <summary>What the engine is asked for when a Dockerfile is built. The API can limit neither capabilities nor, but by a control group, processes of its steps.</summary>
internal static class DockerfileRequest
{
    private const int CpuPeriod = 100_000;

    /// <param name="name">What the finished image is called on the engine.</param>
    /// <param name="sandbox">The network sandbox that its containers join.</param>
    /// <param name="group">The control group that its steps run in; null where there is none.</param>
    public static string Path(DockerfileSpec spec, EngineNames names, string name, string sandbox, string? group)
    {
        // Each is a step of its own, and what differs from build to build would make a new image of the same source.
        var labels = names.Labels(spec.App);
        var parameters = new Dictionary<string, string?>
        {
            ["dockerfile"] = spec.Dockerfile,
            ["t"] = name,
            ["target"] = spec.Target,
            ["buildargs"] = JsonSerializer.Serialize(spec.Arguments),
            ["labels"] = JsonSerializer.Serialize(labels),
            ["cgroupparent"] = group,
            ["networkmode"] = SandboxContainer.Join(sandbox),
            ["memory"] = Number(spec.MemoryBytes),
            ["memswap"] = Number(spec.MemoryBytes),
            ["cpuperiod"] = Number(CpuPeriod),
            ["cpuquota"] = Number(spec.CpuMillis * CpuPeriod / 1000),
            ["ulimits"] = JsonSerializer.Serialize(
                EngineLimits
                    .Ulimits()
                    .Select(l => new
                    {
                        l.Name,
                        l.Soft,
                        l.Hard,
                    })
            ),
            ["rm"] = "1",
            ["forcerm"] = "1",
            // The builder that is part of the engine: the other one needs a session beside the request.
            ["version"] = "1",
        };
        var query = parameters.Where(p => p.Value is not null).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}");
        return $"build?{string.Join('&', query)}";
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
