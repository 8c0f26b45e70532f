using System.Collections.Concurrent;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Reconciling;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Tests.Reconciling;

/// <summary>Does in each reconcile what the test's script says.</summary>
public interface IScriptedWorkGrain : IGrainWithStringKey
{
    /// <summary>Stores an intent.</summary>
    [PlatformOnly]
    Task WantAsync(int amount);

    [PlatformOnly]
    Task<int> GetWantedAsync();

    [PlatformOnly]
    Task ReconcileAsync();
}

public sealed record ScriptedWorkState : StoredState
{
    public int Wanted { get; init; }
}

/// <summary>What the grain of a test does, and what was seen of it.</summary>
public sealed class WorkScript
{
    private static readonly ConcurrentDictionary<string, WorkScript> Scripts = [];
    private int running;
    private int runs;
    private int mostAtOnce;

    public Func<int, Task<ReconcileOutcome>> Step { get; set; } = _ => Task.FromResult(ReconcileOutcome.Settled);

    public int Runs => Volatile.Read(ref runs);

    public int MostAtOnce => Volatile.Read(ref mostAtOnce);

    public static WorkScript For(string key) => Scripts.GetOrAdd(key, _ => new WorkScript());

    public async Task<ReconcileOutcome> PlayAsync()
    {
        mostAtOnce = Math.Max(mostAtOnce, Interlocked.Increment(ref running));
        try
        {
            return await Step(Interlocked.Increment(ref runs));
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }
}

public sealed class ScriptedWorkGrain(
    [PersistentState("test.work")] IPersistentState<ScriptedWorkState> storage,
    ReconcileServices services
) : ReconcilingGrain(services), IScriptedWorkGrain
{
    private readonly Stored<ScriptedWorkState> state = new(storage);

    protected override WorkItem Work => new("test", this.GetPrimaryKeyString());

    protected override bool HasWork => state.Value.Wanted > 0;

    public Task WantAsync(int amount) => IntendAsync(() => state.CommitAsync(s => s with { Wanted = amount }));

    public Task<int> GetWantedAsync() => Task.FromResult(state.Value.Wanted);

    protected override Task<ReconcileOutcome> ReconcileOnceAsync(CancellationToken cancel) =>
        WorkScript.For(this.GetPrimaryKeyString()).PlayAsync();
}
