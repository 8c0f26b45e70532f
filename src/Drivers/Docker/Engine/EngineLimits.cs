using Docker.DotNet.Models;

namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>
/// Resource limits of every container that runs other people's programs. They are always said: an engine without the right to raise limits (in
/// many virtual machines and containers) refuses a start whose limits exceed its own, and Podman's defaults do.
/// </summary>
internal static class EngineLimits
{
    public static List<Ulimit> Ulimits() =>
        [
            new()
            {
                Name = "nofile",
                Soft = 10_000,
                Hard = 10_000,
            },
            new()
            {
                Name = "nproc",
                Soft = 32_768,
                Hard = 32_768,
            },
            new()
            {
                Name = "core",
                Soft = 0,
                Hard = 0,
            },
        ];
}
