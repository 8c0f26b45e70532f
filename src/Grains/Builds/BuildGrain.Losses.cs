using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Grains.Reconciling;

namespace NeetoDeploy.Grains.Builds;

/// <summary>What becomes of a build whose builder is lost, or not there: it waits a while, and never for ever.</summary>
public sealed partial class BuildGrain
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WaitPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BuilderPatience = TimeSpan.FromMinutes(2);

    /// <summary>The first preparation takes minutes.</summary>
    private static readonly TimeSpan StackPatience = TimeSpan.FromMinutes(30);

    private string lastLoss = "the control plane was restarted";
    private DateTimeOffset? nextAttempt;
    private DateTimeOffset? waitingSince;

    /// <summary>The builder could not finish: for good, or it is worth another attempt after a pause that doubles each time.</summary>
    private async Task<ReconcileOutcome> TakeLossAsync(Exception fault, CancellationToken cancel)
    {
        attempt = null;
        if (fault is DriverException { IsTransient: false } refusal)
            return await FailAsync(refusal.Message, cancel);
        lastLoss = (fault as DriverException ?? fault.GetBaseException()).Message;
        var pause = FirstPause * Math.Pow(2, state.Value.Attempt - 1);
        nextAttempt = Now + pause;
        if (state.Value.Attempt < MaxAttempts)
            await output.SayAsync($"-----> The build was interrupted: {lastLoss}\n       It begins anew in {pause.TotalSeconds:0} s\n");
        return ReconcileOutcome.Again;
    }

    /// <summary>Null when an attempt may begin: what the one before left is gone, and builder and stack are there.</summary>
    private async Task<ReconcileOutcome?> WaitForBuilderAsync(CancellationToken cancel)
    {
        var stack = state.Value.Build!.Stack;
        try
        {
            if (state.Value.Attempt > 0)
                await builder.CleanUpAsync(id, cancel);
            if (!await builder.IsReadyAsync(stack, cancel))
                return await WaitAsync($"the stack {stack}", "it is still being prepared", StackPatience, cancel);
        }
        catch (DriverException e) when (e.IsTransient)
        {
            return await WaitAsync("the builder", e.Message, BuilderPatience, cancel);
        }
        catch (DriverException e)
        {
            return await FailAsync(e.Message, cancel);
        }
        waitingSince = null;
        return null;
    }

    /// <summary>Looks again soon, saying so once; fails the build when that was in vain for too long.</summary>
    private async Task<ReconcileOutcome> WaitAsync(string what, string why, TimeSpan patience, CancellationToken cancel)
    {
        if (waitingSince is null)
            await output.SayAsync($"-----> Waiting for {what}: {why}\n");
        waitingSince ??= Now;
        return Now - waitingSince < patience
            ? ReconcileOutcome.LookAgainIn(WaitPause)
            : await FailAsync($"{what} was not there for {patience.TotalMinutes:0} minutes: {why}", cancel);
    }

    private Task<ReconcileOutcome> FailAsync(string reason, CancellationToken cancel) =>
        EndAsync(BuildTrigger.Fail, new BuildFailure(BuildPhase.Prepare, 0, reason), cancel);

    /// <summary>The end does not wait for an engine that is away: what is left on it is removed when it is back.</summary>
    private async Task<ReconcileOutcome> EndAsync(BuildTrigger trigger, BuildFailure? failure, CancellationToken cancel)
    {
        var isClean = state.Value is { Attempt: 0 } or { IsCleanedUp: true } || await TryCleanUpAsync(cancel);
        await state.CommitAsync(s =>
            BuildTransitions.Next(s.Status, trigger) is { } next
                ? s with
                {
                    Status = next,
                    Failure = failure,
                    IsCleanedUp = isClean,
                    UpdatedAt = Now,
                }
                : s
        );
        return ReconcileOutcome.Again;
    }

    private async Task<ReconcileOutcome> CleanUpLateAsync(CancellationToken cancel)
    {
        await builder.CleanUpAsync(id, cancel);
        await state.CommitAsync(s => s with { IsCleanedUp = true });
        return ReconcileOutcome.Settled;
    }

    private async Task<bool> TryCleanUpAsync(CancellationToken cancel)
    {
        try
        {
            await builder.CleanUpAsync(id, cancel);
            return true;
        }
        catch (DriverException e) when (e.IsTransient)
        {
            Log.LogWarning("Build {Build} cannot be cleaned up after now: {Reason}", id, e.Message);
            return false;
        }
    }
}
