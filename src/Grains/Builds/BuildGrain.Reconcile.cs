using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Releases;
using NeetoDeploy.Grains.Reconciling;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Builds;

/// <summary>Drives the build to exactly one end, across crashes of the silo and lost builders.</summary>
public sealed partial class BuildGrain
{
    /// <summary>How often a build is begun anew after its builder or the silo was lost.</summary>
    private const int MaxAttempts = 3;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan AttemptPause = TimeSpan.FromSeconds(30);

    private BuildAttempt? attempt;

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (attempt is { HasEnded: false } running)
        {
            running.Stop();
            await running.Completion.WaitAsync(cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Current);
        }
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected override async Task<ReconcileOutcome> ReconcileOnceAsync(CancellationToken cancel)
    {
        var s = state.Value;
        if (s.Build is null || s is { IsReported: true, IsCleanedUp: true })
            return ReconcileOutcome.Settled;
        if (s.Status.IsEnd())
            return s.IsReported ? await CleanUpLateAsync(cancel) : await ReportAsync(cancel);
        if (attempt is { HasEnded: false } running)
        {
            if (s.CancelReason is not null)
                running.Stop();
            return ReconcileOutcome.LookAgainIn(AttemptPause); // its end nudges
        }
        if (s.Artifact is not null)
            return await ReleaseAsync();
        if (s.CancelReason is not null)
            return await EndAsync(BuildTrigger.Cancel, null, cancel);
        if (attempt?.Fault is { } fault)
            return await TakeLossAsync(fault, cancel);
        return s.IsDue ? await BeginAttemptAsync(cancel) : ReconcileOutcome.Settled;
    }

    private async Task<ReconcileOutcome> BeginAttemptAsync(CancellationToken cancel)
    {
        var s = state.Value;
        if (s.Attempt >= MaxAttempts)
            return await FailAsync($"it was interrupted {s.Attempt} times: {lastLoss}", cancel);
        if (nextAttempt - Now is { Ticks: > 0 } pause)
            return ReconcileOutcome.LookAgainIn(pause);
        if (await WaitForBuilderAsync(cancel) is { } wait)
            return wait;
        var job = await DescribeAsync(s.Attempt + 1);
        s = await state.CommitAsync(b =>
            b.CancelReason is null ? b with { Status = BuildStatus.Running, Attempt = b.Attempt + 1, Phases = [], UpdatedAt = Now } : b
        );
        if (s.CancelReason is not null)
            return ReconcileOutcome.Again;
        await IndexAsync();
        if (s.Attempt > 1)
            await output.SayAsync(
                $"-----> Attempt {s.Attempt} of {MaxAttempts}{(nextAttempt is null ? ", as the control plane was restarted" : "")}\n"
            );
        attempt = new BuildAttempt(builder, job, output);
        _ = TakeOutcomeAsync(attempt);
        return ReconcileOutcome.LookAgainIn(AttemptPause);
    }

    private async Task<BuildJob> DescribeAsync(int number)
    {
        var ledger = GrainFactory.Releases(app);
        var build = state.Value.Build!;
        var previous = await FindPreviousAsync(ledger, build.Command.Source);
        return new BuildJob(
            id,
            number,
            app,
            build.App,
            build.Stack,
            build.Command.Source,
            build.Command.Buildpacks,
            await ledger.GetConfigVarsAsync(),
            previous?.Image,
            Timeout,
            build.Slug,
            previous?.Images
        );
    }

    /// <summary>What the current release runs; for a rebase what the next release begins from, so that code in its release phase is not undone.</summary>
    private static async Task<SlugView?> FindPreviousAsync(IReleaseLedgerGrain ledger, SourceRef source)
    {
        var newest = RebaseSource.Is(source.Url)
            ? (await ledger.ListAsync()).LastOrDefault(r => r.Status is ReleaseStatus.Succeeded or ReleaseStatus.Pending)
            : null;
        return (await ledger.GetRunnableAsync(newest?.Version))?.Release.Slug;
    }

    /// <summary>Stores how the attempt ended, unless it did not end by itself: then the next reconcile begins another.</summary>
    private async Task TakeOutcomeAsync(BuildAttempt running)
    {
        try
        {
            var outcome = await running.Completion;
            await state.CommitAsync(s =>
                outcome.Match(
                    ok => s with { Artifact = ok.Artifact, Phases = running.Phases, UpdatedAt = Now },
                    failed =>
                        s with
                        {
                            Failure = failed.Failure,
                            Phases = running.Phases,
                            Status = BuildStatus.Failed,
                            IsCleanedUp = true,
                            UpdatedAt = Now,
                        }
                )
            );
            running.End(null);
        }
        catch (Exception e)
        {
            Log.LogInformation(e, "Attempt {Attempt} of build {Build} ended without an outcome", running.Number, id);
            running.End(e);
        }
        Nudge();
    }

    private async Task<ReconcileOutcome> ReleaseAsync()
    {
        var s = state.Value;
        if (s.Build!.Slug is { } slug)
            return await KeepSlugAsync(slug);
        var release = await GrainFactory
            .Releases(app)
            .ReleaseBuildAsync(id, s.Artifact!, s.Build.Command.Source, s.Build.Stack, s.Build.User);
        return release is null ? await MakeAgainAsync() : await SucceedAsync(release.Id);
    }

    private async Task<ReconcileOutcome> KeepSlugAsync(SlugSpec slug)
    {
        var s = state.Value;
        if (!await GrainFactory.Releases(app).AddSlugAsync(id, slug, s.Artifact!, s.Build!.Command.Source, s.Build.Stack))
            return await MakeAgainAsync();
        if (slug.CopyOf is null)
            await index.PutSlugAsync(slug.Id, app, CancellationToken.None);
        return await SucceedAsync(release: null);
    }

    private async Task<ReconcileOutcome> SucceedAsync(ReleaseId? release)
    {
        await state.CommitAsync(b => b with { Status = BuildStatus.Succeeded, Release = release, IsCleanedUp = true, UpdatedAt = Now });
        return ReconcileOutcome.Again;
    }

    private async Task<ReconcileOutcome> MakeAgainAsync()
    {
        await output.SayAsync(
            state.Value.Artifact?.Rebased is null
                ? "-----> This image was just removed together with an old release; making it again\n"
                : "-----> Meanwhile there was another release, or an old one was removed; beginning again\n"
        );
        nextAttempt = Now;
        await state.CommitAsync(b => b with { Artifact = null, UpdatedAt = Now });
        return ReconcileOutcome.Again;
    }

    private async Task<ReconcileOutcome> ReportAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var s = state.Value;
        var what = s.Build!.Slug is null ? "Build" : "Slug";
        if (s.Status == BuildStatus.Cancelled)
            await output.SayAsync($"\n !     {what} cancelled: {s.CancelReason}\n");
        else if (s.Status == BuildStatus.Failed)
            await output.SayAsync($"\n !     {what} failed: {s.Failure!.Message}\n");
        appLog.Say(
            s.Status switch
            {
                BuildStatus.Succeeded => $"{what} succeeded",
                BuildStatus.Failed => $"{what} failed -- {s.Failure!.Message}",
                _ => $"{what} cancelled -- {s.CancelReason}",
            }
        );
        await GrainFactory.Output(OutputId).CompleteAsync();
        await IndexAsync();
        await GrainFactory.App(app).BuildEndedAsync(id);
        await state.CommitAsync(b => b with { IsReported = true });
        return ReconcileOutcome.Again;
    }
}
