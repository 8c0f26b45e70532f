namespace NeetoDeploy.Core.Dynos;

/// <summary>What each stage does with what was seen, and which steps and looks it needs.</summary>
public sealed partial class DynoReconciler
{
    private Incarnation Advance(Incarnation incarnation, IncarnationSighting sighting)
    {
        if (sighting.Phase != SightedPhase.Absent && !incarnation.WasSeen)
            incarnation = incarnation with { WasSeen = true };
        if (sighting.Phase == SightedPhase.Running && sighting.Address is { } address && address != incarnation.Address)
            incarnation = incarnation with { Address = address };
        return incarnation.Stage switch
        {
            IncarnationStage.Starting => WhileStarting(incarnation, sighting),
            IncarnationStage.Up => WhileUp(incarnation, sighting),
            IncarnationStage.Draining => WhileDraining(incarnation, sighting),
            IncarnationStage.Stopping => WhileStopping(incarnation, sighting),
            _ => incarnation,
        };
    }

    private Incarnation WhileStarting(Incarnation incarnation, IncarnationSighting sighting)
    {
        if (sighting.StartError is { } reason)
        {
            lines.Add(DynoLines.CannotStart(reason));
            return Crash(incarnation, IncarnationStage.Removing);
        }
        if (sighting.Phase == SightedPhase.Exited)
            return CrashByExit(incarnation, sighting);
        if (sighting.Phase == SightedPhase.Absent && incarnation.WasSeen)
            return Lose(incarnation);
        if (sighting.Phase != SightedPhase.Running)
            return incarnation;
        if (!isWeb || sighting.IsListening)
        {
            lines.Add(DynoLines.Changed("starting", "up"));
            return incarnation.Enter(IncarnationStage.Up, now);
        }
        if (now - BootedAt(incarnation, sighting) < DynoTimings.BootLimit)
            return incarnation;
        lines.Add(DynoLines.BootTimeout);
        lines.Add(DynoLines.Killing);
        return Crash(incarnation with { Grace = TimeSpan.Zero }, IncarnationStage.Stopping);
    }

    private Incarnation WhileUp(Incarnation incarnation, IncarnationSighting sighting) =>
        sighting.Phase switch
        {
            SightedPhase.Exited => CrashByExit(incarnation, sighting),
            SightedPhase.Absent => Lose(incarnation),
            _ => incarnation,
        };

    private Incarnation WhileDraining(Incarnation incarnation, IncarnationSighting sighting) =>
        sighting.Phase switch
        {
            SightedPhase.Absent => incarnation.Enter(IncarnationStage.Removing, now),
            SightedPhase.Exited => End(incarnation, sighting),
            _ when sighting.IsDrained || now - incarnation.Since >= DynoTimings.DrainLimit => BeginStop(incarnation, DynoTimings.StopGrace),
            _ => incarnation,
        };

    private Incarnation WhileStopping(Incarnation incarnation, IncarnationSighting sighting)
    {
        if (sighting.Phase is SightedPhase.Absent or SightedPhase.Created)
            return incarnation.Enter(IncarnationStage.Removing, now);
        var ended = sighting.Phase == SightedPhase.Exited ? sighting.FinishedAt ?? now : now;
        var isLate = ended - incarnation.Since >= incarnation.Grace;
        if (isLate && incarnation.Grace > TimeSpan.Zero)
        {
            lines.Add(DynoLines.ExitTimeout);
            lines.Add(DynoLines.KillingRest);
        }
        if (sighting.Phase == SightedPhase.Exited)
            return End(incarnation, sighting);
        // With no grace the engine kills at once: the exit is waited for a moment, so that its code and its output are known.
        return isLate && (incarnation.Grace > TimeSpan.Zero || now - incarnation.Since >= DynoTimings.OutputLimit)
            ? incarnation.Enter(IncarnationStage.Removing, now)
            : incarnation;
    }

    private Incarnation CrashByExit(Incarnation incarnation, IncarnationSighting sighting)
    {
        if (sighting.OutOfMemory)
        {
            lines.Add(DynoLines.MemoryVastlyExceeded);
            lines.Add(DynoLines.Killing);
        }
        lines.Add(DynoLines.Exited(sighting.ExitCode ?? 0));
        return Crash(incarnation, IncarnationStage.Removing);
    }

    /// <summary>An incarnation that has served its time may fail without harm; only the wished one's crash makes the place wait.</summary>
    private Incarnation Crash(Incarnation incarnation, IncarnationStage then)
    {
        lines.Add(DynoLines.Changed(Word(incarnation), "crashed"));
        if (incarnation.Wish == place.Wish)
        {
            var wasGood = incarnation.Stage == IncarnationStage.Up && now - incarnation.Since >= DynoTimings.Forgiven;
            var crashes = wasGood ? 1 : place.Crashes + 1;
            place = place with { Crashes = crashes, RestartAt = now + DynoTimings.PauseAfter(crashes) };
        }
        return incarnation.Enter(then, now);
    }

    private Incarnation Lose(Incarnation incarnation)
    {
        lines.Add(DynoLines.Lost);
        return incarnation.Enter(IncarnationStage.Removing, now);
    }

    private Incarnation End(Incarnation incarnation, IncarnationSighting sighting)
    {
        lines.Add(DynoLines.Exited(sighting.ExitCode ?? 0));
        return incarnation.Enter(IncarnationStage.Removing, now);
    }

    private Incarnation BeginStop(Incarnation incarnation, TimeSpan grace)
    {
        lines.Add(DynoLines.Stopping);
        return incarnation.Enter(IncarnationStage.Stopping, now) with { Grace = grace };
    }

    private void CollectSteps()
    {
        foreach (var incarnation in incarnations)
            CollectSteps(incarnation, Of(incarnation));
    }

    private void CollectSteps(Incarnation incarnation, IncarnationSighting sighting)
    {
        switch (incarnation.Stage)
        {
            case IncarnationStage.Starting when sighting.Phase is SightedPhase.Absent or SightedPhase.Created:
                steps.Add(new DynoStep.Start(incarnation.Generation));
                break;
            case IncarnationStage.Starting:
                LookAgainAt(BootedAt(incarnation, sighting) + DynoTimings.BootLimit);
                break;
            case IncarnationStage.Draining:
                LookAgainAt(now + DrainPoll);
                break;
            case IncarnationStage.Stopping:
                CollectStop(incarnation, sighting);
                break;
            case IncarnationStage.Removing:
                CollectRemove(incarnation, sighting);
                break;
        }
    }

    private void CollectStop(Incarnation incarnation, IncarnationSighting sighting)
    {
        var left = incarnation.Since + incarnation.Grace - now;
        if (!sighting.IsTold)
            steps.Add(new DynoStep.Stop(incarnation.Generation, left > TimeSpan.Zero ? left : TimeSpan.Zero));
        LookAgainAt(now + (left > TimeSpan.Zero && left < ExitPoll ? left : ExitPoll));
    }

    private void CollectRemove(Incarnation incarnation, IncarnationSighting sighting)
    {
        var isRead = sighting.IsOutputRead || sighting.Phase is SightedPhase.Absent or SightedPhase.Created;
        if (isRead || now - incarnation.Since >= DynoTimings.OutputLimit)
            steps.Add(new DynoStep.Remove(incarnation.Generation));
        else
            LookAgainAt(now + OutputPoll);
    }

    private static DateTimeOffset BootedAt(Incarnation incarnation, IncarnationSighting sighting) =>
        sighting.StartedAt ?? incarnation.CreatedAt;
}
