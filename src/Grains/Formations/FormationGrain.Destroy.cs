using System.Collections.Immutable;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Reconciling;

namespace NeetoDeploy.Grains.Formations;

/// <summary>The end of the app's dynos, and of what is remembered of them.</summary>
public sealed partial class FormationGrain
{
    private const int RunsKept = 20;
    private static readonly TimeSpan DestroyPause = TimeSpan.FromSeconds(1);

    /// <summary>This activation has removed everything. Another one would do it once more, to no effect.</summary>
    private bool hasEnded;

    public async Task<bool> DestroyAsync()
    {
        if (!hasEnded)
            await IntendAsync(() => state.CommitAsync(s => s.IsDestroyed ? s : s with { IsDestroyed = true }));
        return hasEnded;
    }

    private async Task<ReconcileOutcome> DestroyOnceAsync(CancellationToken cancel)
    {
        await GrainFactory.RouteTable().RemoveAsync(App);
        await EndRunsAsync();
        await state.CommitAsync(DismissAll);
        await TellAsync();
        if (!state.Value.Places.IsEmpty || !state.Value.Runs.IsEmpty)
            return ReconcileOutcome.LookAgainIn(DestroyPause);
        if (!await ForgetRunsAsync(kept: 0))
            return ReconcileOutcome.LookAgainIn(DestroyPause);
        foreach (var place in state.Value.FormerPlaces)
            await GrainFactory.Dyno(App, place).ForgetAsync();
        await driver.RemoveAppAsync(App, cancel);
        await state.ClearAsync();
        hasEnded = true;
        return ReconcileOutcome.Settled;
    }

    /// <summary>Forgets the oldest ended one-off dynos; answers whether as many as wanted could be.</summary>
    private async Task<bool> ForgetRunsAsync(int kept)
    {
        while (state.Value.EndedRuns is var ended && ended.Length > kept)
        {
            if (!await GrainFactory.Run(App, ended[0]).ForgetAsync())
                return false;
            await state.CommitAsync(s => s with { EndedRuns = s.EndedRuns.Remove(ended[0]) });
        }
        return true;
    }

    /// <summary>Stops the one-off dynos; one that was named and never began is only forgotten.</summary>
    private async Task EndRunsAsync()
    {
        foreach (var run in state.Value.Runs.Keys)
        {
            if (await GrainFactory.Run(App, run).GetAsync() is null)
                await CloseRunAsync(run);
            else
                await StopRunsAsync([run]);
        }
    }

    private FormationState DismissAll(FormationState s)
    {
        var changes = FormationReconciler.Decide(new FormationSpec(default, null, []), s.Places, Sightings(s));
        return s.With(changes.Places);
    }
}
