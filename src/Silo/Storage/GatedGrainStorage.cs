using Orleans.Storage;

namespace NeetoDeploy.Silo.Storage;

/// <summary>Sends the writes of grain state through the database's gate; reads pass freely.</summary>
internal sealed class GatedGrainStorage(IGrainStorage storage, WriteGate gate) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        storage.ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        gate.PassAsync(() => storage.WriteStateAsync(stateName, grainId, grainState), CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        gate.PassAsync(() => storage.ClearStateAsync(stateName, grainId, grainState), CancellationToken.None);

    public void Participate(ISiloLifecycle lifecycle)
    {
        if (storage is ILifecycleParticipant<ISiloLifecycle> participant)
            participant.Participate(lifecycle);
    }
}
