using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Docker.DotNet.Models;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Docker.Networks;

namespace NeetoDeploy.Drivers.Docker.Dynos;

/// <summary>Looking at dynos: what exists, what changes, what they use.</summary>
internal sealed partial class DockerDynoDriver
{
    public Task<IReadOnlyList<DynoObservation>> ObserveAsync(CancellationToken cancel) => ObserveAsync(names.Filter(), cancel);

    public Task<IReadOnlyList<DynoObservation>> ObserveAsync(AppId app, CancellationToken cancel) =>
        ObserveAsync(names.Filter((EngineNames.App, app.ToString())), cancel);

    public async IAsyncEnumerable<DynoKey> WatchAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var channel = Channel.CreateUnbounded<DynoKey>();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var listening = ListenAsync(channel.Writer, ended.Token);
        try
        {
            await foreach (var key in channel.Reader.ReadAllAsync(cancel))
                yield return key;
        }
        finally
        {
            await ended.CancelAsync();
            await listening;
        }
    }

    public async Task<DynoUsage?> MeasureAsync(DynoHandle handle, CancellationToken cancel)
    {
        var usage = new LastReport<ContainerStatsResponse>();
        var request = new ContainerStatsParameters { Stream = false, OneShot = true };
        try
        {
            await engine.CallAsync(
                (client, token) => client.Containers.GetContainerStatsAsync(handle.Value, request, usage, token),
                cancel
            );
        }
        catch (DriverException e) when (e.Kind == DriverErrorKind.NotFound)
        {
            return null;
        }
        return usage.Value is { } stats ? DynoUsages.Read(stats) : null;
    }

    private async Task<IReadOnlyList<DynoObservation>> ObserveAsync(
        IDictionary<string, IDictionary<string, bool>> filter,
        CancellationToken cancel
    )
    {
        var containers = await engine.ListContainersAsync(filter, cancel);
        var addresses = containers.ToDictionary(c => c.ID, c => EngineContainer.AddressOf(c.NetworkSettings?.Networks));
        var seen = new ConcurrentBag<DynoObservation>();
        var dynos = containers.Where(c => names.ReadKey(c.Labels) is not null);
        await Parallel.ForEachAsync(
            dynos,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancel },
            async (dyno, token) =>
            {
                var sandbox = SandboxContainer.JoinedBy(dyno.Labels, dyno.HostConfig?.NetworkMode);
                var address = sandbox is null ? null : addresses.GetValueOrDefault(sandbox);
                if (
                    await engine.FindContainerAsync(dyno.ID, token) is { } container
                    && DynoObservations.Read(container, names, address) is { } observation
                )
                    seen.Add(observation);
            }
        );
        return [.. seen.OrderBy(observation => observation.Key.ToString(), StringComparer.Ordinal)];
    }

    private async Task<DynoObservation?> ObserveAsync(EngineContainer container, CancellationToken cancel)
    {
        var sandbox = SandboxContainer.JoinedBy(container.Labels, container.NetworkMode);
        var found = sandbox is null ? null : await engine.FindContainerAsync(sandbox, cancel);
        return DynoObservations.Read(container, names, found?.Address);
    }

    private async Task ListenAsync(ChannelWriter<DynoKey> keys, CancellationToken cancel)
    {
        var filter = names.Filter((EngineNames.Role, EngineRoles.Dyno));
        filter["type"] = new Dictionary<string, bool> { ["container"] = true };
        // Podman's words for "die" and "destroy" are the last two.
        filter["event"] = ((string[])["start", "die", "oom", "destroy", "died", "remove"]).ToDictionary(word => word, _ => true);
        var request = new ContainerEventsParameters { Filters = filter };
        var events = new Reports<Message>(message =>
        {
            if (names.ReadKey(message.Actor?.Attributes) is { } key)
                keys.TryWrite(key);
        });
        try
        {
            await engine.WaitAsync((client, token) => client.System.MonitorEventsAsync(request, events, token), cancel);
            keys.TryComplete(
                new DriverException(DriverErrorKind.Unavailable, "engine.unavailable", "The container engine ended its stream of events.")
            );
        }
        catch (Exception e) when (e is DriverException or OperationCanceledException)
        {
            keys.TryComplete(e);
        }
    }
}
