using Docker.DotNet.Models;

namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>The few things that drivers ask of a container.</summary>
/// <param name="NetworkMode">A network's name or id, or the container whose network it shares.</param>
/// <param name="Address">In its own network; null while it does not run or has none.</param>
internal sealed record EngineContainer(
    string Id,
    IDictionary<string, string> Labels,
    State State,
    string NetworkMode,
    string? Address,
    bool HasTerminal
)
{
    public static EngineContainer Of(ContainerInspectResponse seen) =>
        new(
            seen.ID!,
            seen.Config?.Labels ?? new Dictionary<string, string>(),
            seen.State ?? new State(),
            seen.HostConfig?.NetworkMode ?? "",
            AddressOf(seen.NetworkSettings?.Networks),
            seen.Config?.Tty ?? false
        );

    /// <summary>The first address in any network.</summary>
    public static string? AddressOf(IDictionary<string, EndpointSettings>? networks) =>
        networks?.Values.Select(network => network.IPAddress).FirstOrDefault(address => !string.IsNullOrEmpty(address));
}
