using System.Text;
using NeetoDeploy.Core.ConfigVars;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Runs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Releases;
using NeetoDeploy.Grains.Interfaces.Runs;
using NeetoDeploy.Grains.Reconciling;

namespace NeetoDeploy.Grains.Releases;

/// <summary>Runs release phases, one at a time, and tells app and formation of a new current release.</summary>
public sealed partial class ReleaseLedgerGrain
{
    private static readonly TimeSpan PhasePause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PhaseLimit = TimeSpan.FromHours(1);

    protected override bool HasWork =>
        state.Value is var s
        && (
            s.Releases.Any(r => !r.IsPhaseOver)
            || !s.LeavingSlugs.IsEmpty
            || s.Current() is { Slug: not null } current && current.Version != s.Announced
        );

    protected override async Task<ReconcileOutcome> ReconcileOnceAsync(CancellationToken cancel)
    {
        var areClosed = true;
        foreach (var release in state.Value.Releases.Where(r => !r.IsPhaseOver && r.Status != ReleaseStatus.Pending))
            areClosed &= await ClosePhaseAsync(release);
        await AnnounceCurrentAsync();
        if (state.Value.Releases.LastOrDefault(r => r.Status == ReleaseStatus.Pending) is { } pending)
            return await DrivePhaseAsync(pending);
        return areClosed ? await RetireAsync(cancel) : ReconcileOutcome.LookAgainIn(PhasePause);
    }

    // A release has at most one run, so they share an id.
    private IRunGrain PhaseRun(StoredRelease release) => GrainFactory.Run(app, new RunId(release.Id.Value));

    public async Task<Result<ReleaseView>> CancelPhaseAsync(ReleaseId release, string reason)
    {
        if (Find(release.ToString()) is not { } found)
            return NotFound;
        if (found.Status != ReleaseStatus.Pending)
            return new Error(
                ErrorCodes.BuildNotRunning,
                $"{found.Version} is released already; its status is {found.Status.ToString().ToLowerInvariant()}."
            );
        await GrainFactory
            .Output(found.Output!.Value)
            .AppendAsync(Encoding.UTF8.GetBytes($"\n !     Release command cancelled: {reason}\n"));
        await IntendAsync(() => TurnAsync(found, ReleaseTrigger.PhaseFailed));
        return View(Find(release.ToString())!);
    }

    private async Task<ReconcileOutcome> DrivePhaseAsync(StoredRelease release)
    {
        var run = PhaseRun(release);
        var view = await run.GetAsync();
        if (view is null)
        {
            appLog.Say($"Running release {release.Version} commands by user {release.User.Email}");
            var started = await run.StartAsync(
                new StartRun(
                    ProcessType.Release.ToString(),
                    state.Value.PhaseCommand(release)!,
                    ConfigVarPatch.NoVars,
                    Size: null,
                    Terminal: null,
                    release.Version,
                    release.Output,
                    IsAttached: false,
                    release.User
                )
            );
            return started.IsOk ? ReconcileOutcome.LookAgainIn(PhasePause) : await TurnAsync(release, ReleaseTrigger.PhaseFailed);
        }
        if (view.HasEnded)
            return await TurnAsync(release, view.ExitCode == 0 ? ReleaseTrigger.PhaseSucceeded : ReleaseTrigger.PhaseFailed);
        if (Now - release.CreatedAt > PhaseLimit)
            await run.StopAsync();
        return ReconcileOutcome.LookAgainIn(PhasePause);
    }

    private async Task<ReconcileOutcome> TurnAsync(StoredRelease release, ReleaseTrigger trigger)
    {
        await state.CommitAsync(s => s.Turn(release.Version, trigger, Now));
        appLog.Say(
            trigger == ReleaseTrigger.PhaseFailed
                ? $"Release command executing: {release.Version} failed; {state.Value.Current()?.Version} goes on running"
                : $"Release command executing: {release.Version} succeeded"
        );
        return ReconcileOutcome.Again;
    }

    /// <summary>A phase that ended, or that was overtaken or cancelled and may still run: nobody waits for its output any more.</summary>
    private async Task<bool> ClosePhaseAsync(StoredRelease release)
    {
        if (await PhaseRun(release).GetAsync() is { HasEnded: false })
            await PhaseRun(release).StopAsync();
        await GrainFactory.Output(release.Output!.Value).CompleteAsync();
        if (!await PhaseRun(release).ForgetAsync())
            return false;
        await state.CommitAsync(s => s.EndPhase(release.Version));
        return true;
    }

    private async Task AnnounceCurrentAsync()
    {
        if (state.Value.Current() is not { Slug: not null } current || current.Version == state.Value.Announced)
            return;
        await GrainFactory.App(app).ReleasedAsync(View(current));
        await GrainFactory.Formation(app).ReconcileAsync();
        await state.CommitAsync(s => s with { Announced = current.Version });
    }
}
