using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Networks;

/// <summary>
/// Routes that lead nowhere, in the network of a sandbox. The sandbox is ours and has the right to make them; what joins it has no right to
/// change them. They are made at every use: should this process have died between a sandbox's start and its route, nobody would know.
/// </summary>
internal sealed class SandboxRoutes(DockerEngine engine, DockerOptions options)
{
    private const string MetadataService = "169.254.169.254/32";

    /// <summary>Gives a sandbox to be made the right to have routes.</summary>
    public static void Allow(CreateContainerParameters request)
    {
        request.User = "0:0";
        request.HostConfig!.CapAdd = ["NET_ADMIN"];
    }

    /// <summary>Cloud machines hand out their identity there.</summary>
    public Task CutOffMetadataAsync(string sandbox, CancellationToken cancel) => CutOffAsync(sandbox, MetadataService, cancel);

    /// <summary>
    /// Whether the engine keeps networks apart too little. Podman 4.3's firewall (netavark 1.4) forgets that all networks are isolated
    /// whenever any of them loses its last container.
    /// </summary>
    public Task<bool> MustCutOffNeighboursAsync(CancellationToken cancel) => engine.IsPodmanAsync(cancel);

    /// <summary>Every network of the pool but the sandbox's own, whose route is the narrower one.</summary>
    public Task CutOffNeighboursAsync(string sandbox, CancellationToken cancel) => CutOffAsync(sandbox, options.SubnetPool, cancel);

    // The whole path: an app's image may have programs of its own on its PATH.
    private async Task CutOffAsync(string sandbox, string destination, CancellationToken cancel)
    {
        string[] command = ["/bin/ip", "route", "replace", "unreachable", destination];
        var route = new EngineExec(command, "0:0", "/", new Dictionary<string, string>(), IsShort: true);
        var (exitCode, output) = await engine.RunAsync(sandbox, route, cancel);
        if (exitCode != 0)
            throw new DriverException(DriverErrorKind.Bug, "network.route", $"{destination} could not be cut off from a sandbox: {output}");
    }
}
