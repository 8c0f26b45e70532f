using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Networks;

/// <summary>
/// Bridge networks with addresses from our own pool: the engine's own pools end after about thirty networks.
/// </summary>
internal sealed class EngineNetworks(DockerEngine engine, EngineNames names, DockerOptions options) : IDisposable
{
    private const int MaxCollisions = 32;
    private const int MostLooks = 10;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly SubnetPool pool = new(IPNetwork.Parse(options.SubnetPool), options.SubnetPrefix);
    private readonly SemaphoreSlim creating = new(1);

    /// <summary>Makes the network unless it exists; answers its id.</summary>
    public async Task<string> EnsureAsync(string name, Dictionary<string, string> labels, CancellationToken cancel)
    {
        await creating.WaitAsync(cancel);
        try
        {
            var networks = await engine.CallAsync((client, token) => client.Networks.ListNetworksAsync(cancellationToken: token), cancel);
            if (First(networks, name) is { } existing)
                return existing.ID;
            var id = await CreateAsync(name, labels, [.. networks.SelectMany(Subnets), .. HostRoutes.Read()], cancel);
            return await SettleAsync(name, id, cancel);
        }
        finally
        {
            creating.Release();
        }
    }

    /// <summary>Removes this installation's networks with a label.</summary>
    public async Task RemoveAsync(string label, string value, CancellationToken cancel)
    {
        var request = new NetworksListParameters { Filters = names.Filter((label, value)) };
        var networks = await engine.CallAsync((client, token) => client.Networks.ListNetworksAsync(request, token), cancel);
        foreach (var network in networks)
            await RemoveAsync(network.ID, cancel);
    }

    public void Dispose() => creating.Dispose();

    // Another installation may take the same piece between our look and our creation; the engine then refuses, and we take the next one.
    private async Task<string> CreateAsync(string name, Dictionary<string, string> labels, List<IPNetwork> taken, CancellationToken cancel)
    {
        for (var collisions = 0; ; collisions++)
        {
            var subnet =
                pool.ChooseFree(taken)
                ?? throw new DriverException(
                    DriverErrorKind.QuotaExceeded,
                    "network.pool_exhausted",
                    $"Every network of the pool {options.SubnetPool} is taken. Give the installation a larger pool."
                );
            var request = new NetworksCreateParameters
            {
                Name = name,
                Driver = "bridge",
                Labels = labels,
                IPAM = new IPAM { Driver = "default", Config = [new IPAMConfig { Subnet = subnet.ToString() }] },
            };
            try
            {
                return (await engine.CallAsync((client, token) => client.Networks.CreateNetworkAsync(request, token), cancel)).ID;
            }
            catch (DriverException e) when (collisions < MaxCollisions && e.Code is EngineErrors.SubnetTaken or EngineErrors.NameTaken)
            {
                // Another silo that made this very network looked for a free piece as we did, and was first.
                if (await AppearsAsync(name, cancel) is { } others)
                    return others;
                taken.Add(subnet);
            }
        }
    }

    /// <summary>The network of a name, if the engine shows one soon: it takes the addresses a moment before.</summary>
    private async Task<string?> AppearsAsync(string name, CancellationToken cancel)
    {
        for (var looks = 0; looks < MostLooks; looks++)
        {
            if (
                First(
                    await engine.CallAsync((client, token) => client.Networks.ListNetworksAsync(cancellationToken: token), cancel),
                    name
                ) is
                { } network
            )
                return network.ID;
            await Task.Delay(BetweenLooks, cancel);
        }
        return null;
    }

    // The engine allows two networks of one name. Should two silos have made one each, both keep the one with the smaller id.
    private async Task<string> SettleAsync(string name, string id, CancellationToken cancel)
    {
        var networks = await engine.CallAsync((client, token) => client.Networks.ListNetworksAsync(cancellationToken: token), cancel);
        var kept = First(networks, name)?.ID ?? id;
        if (kept != id)
            await RemoveAsync(id, cancel);
        return kept;
    }

    private Task RemoveAsync(string id, CancellationToken cancel) =>
        engine.CallAsync(
            async (client, token) =>
            {
                try
                {
                    await client.Networks.DeleteNetworkAsync(id, token);
                }
                catch (DockerNetworkNotFoundException) { }
            },
            cancel
        );

    private NetworkResponse? First(IEnumerable<NetworkResponse> networks, string name) =>
        networks.Where(n => n.Name == name && names.Owns(n.Labels)).MinBy(n => n.ID, StringComparer.Ordinal);

    private static IEnumerable<IPNetwork> Subnets(NetworkResponse network) =>
        (network.IPAM?.Config ?? [])
            .Select(config => IPNetwork.TryParse(config.Subnet, out var subnet) ? subnet : (IPNetwork?)null)
            .OfType<IPNetwork>();
}
