using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Networks;

/// <summary>What the engine is asked for when a network sandbox is made.</summary>
internal static class SandboxContainer
{
    private const string Joining = "container:";

    /// <summary>The network mode of a container that joins the sandbox.</summary>
    public static string Join(string sandbox) => Joining + sandbox;

    /// <summary>
    /// The sandbox that a container joins; null when it joins none. The label is for Podman, whose lists give all containers the mode "host".
    /// </summary>
    public static string? JoinedBy(IDictionary<string, string>? labels, string? networkMode) =>
        EngineNames.Read(labels, EngineNames.Sandbox)
        ?? (networkMode?.StartsWith(Joining, StringComparison.Ordinal) == true ? networkMode[Joining.Length..] : null);

    /// <summary>
    /// It only sleeps: it is there to keep a network namespace. It runs the image of the dyno that needs it, since that image is on the engine.
    /// </summary>
    public static CreateContainerParameters Request(string name, string image, string network, Dictionary<string, string> labels) =>
        new()
        {
            Name = name,
            Image = image,
            User = "1000:1000",
            Entrypoint = ["sleep"],
            Cmd = ["2147483647"],
            WorkingDir = "/",
            Labels = labels,
            HostConfig = new HostConfig
            {
                NetworkMode = network,
                CapDrop = ["ALL"],
                SecurityOpt = ["no-new-privileges"],
                Memory = 16 << 20,
                MemorySwap = 16 << 20,
                PidsLimit = 8,
                Ulimits = EngineLimits.Ulimits(),
                ReadonlyRootfs = true,
                LogConfig = new LogConfig { Type = "none" },
            },
        };
}
