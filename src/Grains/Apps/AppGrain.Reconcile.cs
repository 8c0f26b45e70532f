using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Reconciling;

namespace NeetoDeploy.Grains.Apps;

/// <summary>What remains to be done after a command, and the app's end.</summary>
public sealed partial class AppGrain
{
    /// <summary>How soon to look again whether a build or a dyno of an ending app has stopped.</summary>
    private static readonly TimeSpan EndingPause = TimeSpan.FromMilliseconds(250);

    protected override bool HasWork =>
        state.Value is var s
        && (
            s.Life == AppLife.Ending
            || (
                s.Life == AppLife.Alive
                && (
                    s.FormationNews != s.FormationKnows
                    || s.Queue.Running is not null
                    || s.Builds.Any(IsCopy)
                    || s.EndedBuilds.Length > BuildsKept
                    || s.Overtaken.Length + s.OldNames.Length + s.OldDomains.Length > 0
                )
            )
        );

    public async Task<Result<AppView>> DestroyAsync()
    {
        if (!IsAlive)
            return NotFound;
        var last = View();
        await IntendAsync(() =>
            state.CommitAsync(s =>
                s with
                {
                    Life = AppLife.Ending,
                    OldNames = s.OldNames.Add(s.Name),
                    OldDomains = s.OldDomains.AddRange(s.Domains.Select(d => d.Host)),
                    UpdatedAt = Now,
                }
            )
        );
        await RemoveFromListsAsync(CancellationToken.None);
        return last;
    }

    protected override async Task<ReconcileOutcome> ReconcileOnceAsync(CancellationToken cancel)
    {
        if (state.Value.Life is AppLife.None or AppLife.Ended)
            return ReconcileOutcome.Settled;
        await GiveNamesBackAsync();
        if (!IsAlive)
            return await EndAsync(cancel);
        if (state.Value.FormationNews is var news && news != state.Value.FormationKnows)
        {
            await GrainFactory.Formation(id).ReconcileAsync();
            await state.CommitAsync(s => s with { FormationKnows = news });
        }
        await DriveBuildsAsync();
        return await ForgetBuildsAsync(BuildsKept) ? ReconcileOutcome.Settled : ReconcileOutcome.LookAgainIn(EndingPause);
    }

    /// <summary>A name that a command is just taking again stays ours.</summary>
    private async Task GiveNamesBackAsync()
    {
        foreach (var name in state.Value.OldNames)
        {
            if (name.ToString() != claiming)
                await GrainFactory.AppName(name).ReleaseAsync(id);
            await state.CommitAsync(s => s with { OldNames = s.OldNames.Remove(name) });
        }
        foreach (var host in state.Value.OldDomains)
        {
            if (host.ToString() != claiming)
                await GrainFactory.Domain(host).ReleaseAsync(id);
            await state.CommitAsync(s => s with { OldDomains = s.OldDomains.Remove(host) });
        }
    }

    /// <summary>Removes what the app owns, outermost first: nothing may start again what an earlier step stopped.</summary>
    private async Task<ReconcileOutcome> EndAsync(CancellationToken cancel)
    {
        foreach (var build in state.Value.Builds)
        {
            var cancelled = await GrainFactory.Build(id, build.Command.Id).CancelAsync("the app was destroyed");
            if (cancelled.Error?.Code is ErrorCodes.BuildNotFound)
                await state.CommitAsync(s => Forget(s, build.Command.Id));
        }
        var hasNoDynos = await GrainFactory.Formation(id).DestroyAsync();
        if (state.Value.Builds.Length > 0 || !hasNoDynos)
            return ReconcileOutcome.LookAgainIn(EndingPause);
        await belongings.RemoveAsync(id, cancel);
        if (!await GrainFactory.Releases(id).DestroyAsync() || !await ForgetBuildsAsync(kept: 0))
            return ReconcileOutcome.LookAgainIn(EndingPause);
        await GrainFactory.Logs(id).DestroyAsync();
        await GrainFactory.Metrics(id).DestroyAsync();
        if (state.Value.Team is { } team)
            await GrainFactory.Team(team.Name).SetAppAsync(id, isOwned: false);
        await RemoveFromListsAsync(cancel);
        // What is left marks the id as used.
        await state.CommitAsync(s => new AppState
        {
            Life = AppLife.Ended,
            Name = s.Name,
            CreatedAt = s.CreatedAt,
            UpdatedAt = Now,
        });
        return ReconcileOutcome.Settled;
    }
}
