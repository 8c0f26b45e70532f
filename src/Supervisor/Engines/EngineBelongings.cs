using Docker.DotNet;
using Docker.DotNet.Models;

namespace NeetoDeploy.Supervisor.Engines;

/// <summary>What one installation has on the engine: all that carries its label, and nothing else.</summary>
public sealed class EngineBelongings(Engine engine, string installationId) : IDisposable
{
    private const string Label = "neetodeploy.installation";
    private const string Role = "neetodeploy.role";

    private readonly DockerClient client = new DockerClientBuilder().WithEndpoint(new Uri($"unix://{engine.Socket}")).Build();

    /// <summary>Running containers.</summary>
    public async Task<int> CountRunningAsync(CancellationToken cancel) =>
        (await client.Containers.ListContainersAsync(new ContainersListParameters { Filters = Ours() }, cancel)).Count;

    /// <summary>Removes containers, then networks. Somebody else may have removed one meanwhile: that is no error.</summary>
    public async Task RemoveAsync(CancellationToken cancel)
    {
        var containers = await client.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = Ours() }, cancel);
        // Podman keeps a network sandbox for as long as a container joins it.
        foreach (var container in containers.OrderBy(container => container.Labels?.Contains(KeyValuePair.Create(Role, "network"))))
            await UnlessGoneAsync(
                client.Containers.RemoveContainerAsync(
                    container.ID,
                    new ContainerRemoveParameters { Force = true, RemoveVolumes = true },
                    cancel
                )
            );
        foreach (var network in await client.Networks.ListNetworksAsync(new NetworksListParameters { Filters = Ours() }, cancel))
            await UnlessGoneAsync(client.Networks.DeleteNetworkAsync(network.ID, cancel));
    }

    public void Dispose() => client.Dispose();

    private Dictionary<string, IDictionary<string, bool>> Ours() =>
        new() { ["label"] = new Dictionary<string, bool> { [$"{Label}={installationId}"] = true } };

    private static async Task UnlessGoneAsync(Task removal)
    {
        try
        {
            await removal;
        }
        catch (DockerApiException e) when (e.StatusCode is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Conflict)
        {
            // Conflict: the engine is removing it already.
        }
    }
}
