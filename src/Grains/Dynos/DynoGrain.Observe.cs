using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>What is known of the incarnations: from the engine, the probe, the routers, and this activation's memory.</summary>
public sealed partial class DynoGrain
{
    private readonly Dictionary<int, Memory> memories = [];

    /// <summary>What this activation knows of one incarnation.</summary>
    private sealed class Memory
    {
        public DynoHandle? Handle { get; set; }

        public Task? Listening { get; set; }

        public Task? Output { get; set; }

        public CancellationTokenSource Over { get; } = new();

        public bool IsAnnounced { get; set; }

        public bool IsTold { get; set; }

        public string? StartError { get; set; }
    }

    private async Task<Dictionary<int, IncarnationSighting>> ObserveAsync(DynoPlace place, CancellationToken cancel)
    {
        var found = (await driver.ObserveAsync(app, cancel)).Where(seen => seen.Key.Name == name).ToDictionary(seen => seen.Key);
        var sightings = new Dictionary<int, IncarnationSighting>();
        foreach (var incarnation in place.Incarnations)
            sightings[incarnation.Generation] = await SightAsync(incarnation, found.GetValueOrDefault(KeyOf(incarnation)));
        foreach (var generation in memories.Keys.Except(sightings.Keys).ToList())
            Forget(generation);
        return sightings;
    }

    private async Task<IncarnationSighting> SightAsync(Incarnation incarnation, DynoObservation? found)
    {
        var memory = MemoryOf(incarnation.Generation);
        memory.Handle = found?.Handle;
        if (found is null)
            return IncarnationSighting.Absent with { StartError = memory.StartError };
        if (found.Phase != DynoPhase.Created)
            memory.Output ??= NudgeAfterAsync(outputs.FollowAsync(found.Key, found.Handle));
        if (IsWeb && incarnation.Stage == IncarnationStage.Starting && found is { Phase: DynoPhase.Running, Address: { } address })
            memory.Listening ??= NudgeAfterAsync(probe.WaitUntilListeningAsync(address, PortOf(incarnation), memory.Over.Token));
        return Sightings.Of(found) with
        {
            IsListening = memory.Listening is { IsCompletedSuccessfully: true },
            IsDrained =
                incarnation is { Stage: IncarnationStage.Draining, Address: not null }
                && await GrainFactory.RouteTable().IsDrainedAsync(EndpointOf(incarnation)),
            IsTold = memory.IsTold,
            IsOutputRead = memory.Output is { IsCompletedSuccessfully: true },
            StartError = memory.StartError,
        };
    }

    private Memory MemoryOf(int generation)
    {
        if (!memories.TryGetValue(generation, out var memory))
            memories[generation] = memory = new Memory();
        return memory;
    }

    private void Forget(int generation)
    {
        if (memories.Remove(generation, out var memory))
            memory.Over.Cancel();
    }

    private async Task NudgeAfterAsync(Task work)
    {
        await work;
        Nudge();
    }

    private static int PortOf(DynoKey key) => DynoIdentity.PortOf(key.ToString());

    private int PortOf(Incarnation incarnation) => PortOf(KeyOf(incarnation));

    private string EndpointOf(Incarnation incarnation) => $"{incarnation.Address}:{PortOf(incarnation)}";
}
