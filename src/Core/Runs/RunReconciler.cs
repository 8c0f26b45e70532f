using System.Collections.Immutable;
using NeetoDeploy.Core.Dynos;

namespace NeetoDeploy.Core.Runs;

/// <summary>What shall be done to a one-off dyno's container.</summary>
public enum RunStep
{
    None,

    /// <summary>Create and start it unless it exists.</summary>
    Start,

    /// <summary>SIGTERM, and SIGKILL after the grace.</summary>
    Stop,
    Remove,
}

/// <summary>What a reconcile of a one-off dyno wants done.</summary>
/// <param name="LookAgainIn">When time alone may change the answer; null when only an event can.</param>
public sealed record RunChanges(RunLife Life, RunStep Step, ImmutableArray<string> Lines, TimeSpan? LookAgainIn);

/// <summary>Decides what happens to a one-off dyno: it is started once, and ends by itself, when told, or when nobody is attached any more.</summary>
public static class RunReconciler
{
    /// <summary>How long an attached run waits for its session.</summary>
    public static readonly TimeSpan AttachLimit = TimeSpan.FromSeconds(60);

    /// <summary>One-off dynos run no longer than a day.</summary>
    public static readonly TimeSpan LifeLimit = TimeSpan.FromHours(24);

    /// <summary>The exit code of a run that never ran to an end we saw.</summary>
    public const int LostExitCode = 255;

    private const string AttachError = "Error R13 (Attach error) -> Failed to attach to process";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ExitPoll = TimeSpan.FromSeconds(1);

    /// <param name="hasSession">Somebody is attached.</param>
    public static RunChanges Decide(RunLife life, IncarnationSighting seen, bool hasSession, DateTimeOffset now)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        if (seen.Phase != SightedPhase.Absent && !life.WasSeen)
            life = life with { WasSeen = true };
        var next = Advance(life, seen, hasSession, now, lines);
        var (step, pause) = Act(next, seen, now);
        return new RunChanges(next, step, lines.ToImmutable(), pause);
    }

    private static RunLife Advance(
        RunLife life,
        IncarnationSighting seen,
        bool hasSession,
        DateTimeOffset now,
        ImmutableArray<string>.Builder lines
    )
    {
        switch (life.Stage)
        {
            case RunStage.Waiting when now - life.Since >= AttachLimit:
                lines.Add(AttachError);
                return (life with { ExitCode = LostExitCode }).Enter(RunStage.Removing, now);
            case RunStage.Running when seen.StartError is { } reason:
                lines.Add(DynoLines.CannotStart(reason));
                return (life with { ExitCode = LostExitCode }).Enter(RunStage.Removing, now);
            case RunStage.Running or RunStage.Stopping when seen.Phase == SightedPhase.Exited:
                lines.Add(DynoLines.Exited(seen.ExitCode ?? 0));
                lines.Add(DynoLines.Changed("up", "complete"));
                return (life with { ExitCode = seen.ExitCode ?? 0 }).Enter(RunStage.Removing, now);
            case RunStage.Running when seen.Phase == SightedPhase.Absent && (life.WasSeen || (life.IsAttached && !hasSession)):
            case RunStage.Stopping when seen.Phase == SightedPhase.Absent:
                return (life with { ExitCode = life.ExitCode ?? LostExitCode }).Enter(RunStage.Removing, now);
            case RunStage.Running when (life.IsAttached && !hasSession) || now - life.CreatedAt >= LifeLimit:
                lines.Add(DynoLines.Stopping);
                return life.Enter(RunStage.Stopping, now);
            case RunStage.Stopping when now - life.Since >= DynoTimings.StopGrace:
                lines.Add(DynoLines.ExitTimeout);
                lines.Add(DynoLines.KillingRest);
                return (life with { ExitCode = 137 }).Enter(RunStage.Removing, now);
            case RunStage.Removing when seen.Phase == SightedPhase.Absent:
                return life.Enter(RunStage.Ended, now);
            default:
                return life;
        }
    }

    private static (RunStep Step, TimeSpan? Pause) Act(RunLife life, IncarnationSighting seen, DateTimeOffset now)
    {
        // A slow reader at the other end of a session is waited for; when it goes, the session ends.
        var isRead =
            seen.IsOutputRead || seen.Phase == SightedPhase.Created || (!life.IsAttached && now - life.Since >= DynoTimings.OutputLimit);
        return life.Stage switch
        {
            RunStage.Waiting => (RunStep.None, life.Since + AttachLimit - now),
            RunStage.Running when !life.IsAttached && seen.Phase is SightedPhase.Absent or SightedPhase.Created => (RunStep.Start, null),
            RunStage.Running => (RunStep.None, life.CreatedAt + LifeLimit - now),
            RunStage.Stopping => (seen.IsTold ? RunStep.None : RunStep.Stop, ExitPoll),
            RunStage.Removing when isRead => (RunStep.Remove, Poll),
            RunStage.Removing => (RunStep.None, Poll),
            _ => (RunStep.None, null),
        };
    }
}
