using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Reconciling;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Builds;

/// <summary>Drives the build to exactly one end, across crashes of the silo and lost builders.</summary>
public sealed partial class BuildGrain
{
    /// <summary>How often a build is begun anew after its builder or the silo was lost.</summary>
    private const int MaxAttempts = 3;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan StackPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AttemptPause = TimeSpan.FromSeconds(30);

    private BuildAttempt? attempt;
    private string lastLoss = "the control plane was restarted";
    private bool hasSaidThatItWaits;

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
        if (s.Build is null || s.IsReported)
            return ReconcileOutcome.Settled;
        if (s.Status.IsEnd())
            return await ReportAsync(cancel);
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

    /// <summary>The builder could not finish: for good, or it is worth another attempt after a pause.</summary>
    private async Task<ReconcileOutcome> TakeLossAsync(Exception fault, CancellationToken cancel)
    {
        attempt = null;
        if (fault is DriverException { IsTransient: false } refusal)
            return await EndAsync(BuildTrigger.Fail, new BuildFailure(BuildPhase.Prepare, 0, refusal.Message), cancel);
        lastLoss = fault.Message;
        return ReconcileOutcome.Failed(new Error((fault as DriverException)?.Code ?? "build.builder_lost", fault.Message));
    }

    private async Task<ReconcileOutcome> BeginAttemptAsync(CancellationToken cancel)
    {
        var s = state.Value;
        if (s.Attempt > 0)
            await builder.CleanUpAsync(id, cancel);
        if (s.Attempt >= MaxAttempts)
            return await EndAsync(BuildTrigger.Fail, new BuildFailure(BuildPhase.Prepare, 0, $"it was interrupted {s.Attempt} times: {lastLoss}"), cancel);
        if (!await builder.IsReadyAsync(s.Build!.Stack, cancel))
            return await WaitForStackAsync(s.Build.Stack);
        var job = await DescribeAsync(s.Attempt + 1);
        s = await state.CommitAsync(b => b.CancelReason is null
            ? b with { Status = BuildStatus.Running, Attempt = b.Attempt + 1, Phases = [], UpdatedAt = Now }
            : b);
        if (s.CancelReason is not null)
            return ReconcileOutcome.Again;
        await IndexAsync();
        if (s.Attempt > 1)
            await output.SayAsync($"-----> The build was interrupted; beginning attempt {s.Attempt} of {MaxAttempts}\n");
        attempt = new BuildAttempt(builder, job, output);
        _ = TakeOutcomeAsync(attempt);
        return ReconcileOutcome.LookAgainIn(AttemptPause);
    }

    private async Task<ReconcileOutcome> WaitForStackAsync(string stack)
    {
        if (!hasSaidThatItWaits)
            await output.SayAsync($"-----> Waiting for the stack {stack} to be prepared\n");
        hasSaidThatItWaits = true;
        return ReconcileOutcome.LookAgainIn(StackPause);
    }

    private async Task<BuildJob> DescribeAsync(int number)
    {
        var ledger = GrainFactory.Releases(app);
        var current = await ledger.GetRunnableAsync(null);
        var build = state.Value.Build!;
        return new BuildJob(
            id, number, app, build.App, build.Stack, build.Command.Source, build.Command.Buildpacks,
            await ledger.GetConfigVarsAsync(), current?.Release.Slug?.Image, Timeout);
    }

    /// <summary>Stores how the attempt ended, unless it did not end by itself: then the next reconcile begins another.</summary>
    private async Task TakeOutcomeAsync(BuildAttempt running)
    {
        try
        {
            var outcome = await running.Completion;
            await state.CommitAsync(s => outcome.Match(
                ok => s with { Artifact = ok.Artifact, Phases = running.Phases, UpdatedAt = Now },
                failed => s with { Failure = failed.Failure, Phases = running.Phases, Status = BuildStatus.Failed, IsCleanedUp = true, UpdatedAt = Now }));
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
        var release = await GrainFactory.Releases(app).ReleaseBuildAsync(id, s.Artifact!, s.Build!.Command.Source, s.Build.Stack, s.Build.User);
        await state.CommitAsync(b => b with { Status = BuildStatus.Succeeded, Release = release.Id, IsCleanedUp = true, UpdatedAt = Now });
        return ReconcileOutcome.Again;
    }

    private async Task<ReconcileOutcome> EndAsync(BuildTrigger trigger, BuildFailure? failure, CancellationToken cancel)
    {
        if (state.Value is { Attempt: > 0, IsCleanedUp: false })
            await builder.CleanUpAsync(id, cancel);
        await state.CommitAsync(s => BuildTransitions.Next(s.Status, trigger) is { } next
            ? s with { Status = next, Failure = failure, IsCleanedUp = true, UpdatedAt = Now }
            : s);
        return ReconcileOutcome.Again;
    }

    private async Task<ReconcileOutcome> ReportAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var s = state.Value;
        if (s.Status == BuildStatus.Cancelled)
            await output.SayAsync($" !     Build cancelled: {s.CancelReason}\n");
        else if (s.Status == BuildStatus.Failed)
            await output.SayAsync($" !     Build failed: {s.Failure!.Message}\n");
        appLog.Say(s.Status switch
        {
            BuildStatus.Succeeded => "Build succeeded",
            BuildStatus.Failed => $"Build failed -- {s.Failure!.Message}",
            _ => $"Build cancelled -- {s.CancelReason}",
        });
        await GrainFactory.Output(OutputId).CompleteAsync();
        await IndexAsync();
        await GrainFactory.App(app).BuildEndedAsync(id);
        await state.CommitAsync(b => b with { IsReported = true });
        return ReconcileOutcome.Settled;
    }
}
