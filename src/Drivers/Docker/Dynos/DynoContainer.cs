using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Docker.Networks;

namespace NeetoDeploy.Drivers.Docker.Dynos;

/// <summary>What the engine is asked for when a dyno is made.</summary>
internal static class DynoContainer
{
    /// <summary>
    /// An init process is first in the container: without one the kernel would hide SIGTERM from every program that has no handler for it.
    /// Memory is limited at twice the quota, so that R14 is seen before R15 ends it.
    /// </summary>
    /// <param name="group">The control group for dynos; null where there is none.</param>
    public static CreateContainerParameters Request(
        DynoSpec spec,
        EngineNames names,
        string sandbox,
        bool attached,
        string user,
        string? group
    ) =>
        new()
        {
            Name = names.DynoContainer(spec.Key),
            Image = spec.Image.ToString(),
            User = user,
            // None of its own: the engine takes the image's.
            Entrypoint = spec.Start.Match<string[]>(
                process => [$"/cnb/process/{process.Type}"],
                _ => ["/cnb/lifecycle/launcher"],
                _ => null!
            ),
            Cmd = spec.Start.Match<string[]>(
                _ => [],
                commandLine => [commandLine.Line],
                image => image.Command.IsDefaultOrEmpty ? null! : [.. image.Command]
            ),
            Env = [.. spec.Environment.Select(variable => $"{variable.Key}={variable.Value}")],
            Labels = new Dictionary<string, string>(names.Labels(spec.Key)) { [EngineNames.Sandbox] = sandbox },
            Tty = spec.Terminal is not null,
            OpenStdin = attached,
            StdinOnce = attached,
            AttachStdin = attached,
            AttachStdout = attached,
            AttachStderr = attached,
            StopSignal = "SIGTERM",
            HostConfig = new HostConfig
            {
                NetworkMode = SandboxContainer.Join(sandbox),
                Init = true,
                CapDrop = ["ALL"],
                SecurityOpt = ["no-new-privileges"],
                Memory = 2 * spec.Size.MemoryBytes,
                MemorySwap = 2 * spec.Size.MemoryBytes,
                CgroupParent = group ?? "",
                CPUShares = Math.Max(2, spec.Size.CpuMillis * 1024L / 1000),
                PidsLimit = spec.Size.PidsLimit,
                Ulimits = EngineLimits.Ulimits(),
                LogConfig = new LogConfig
                {
                    Type = "json-file",
                    Config = new Dictionary<string, string> { ["max-size"] = "10m", ["max-file"] = "2" },
                },
                RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.No },
            },
        };
}
