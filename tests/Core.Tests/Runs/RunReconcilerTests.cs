using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Runs;

namespace NeetoDeploy.Core.Tests.Runs;

public sealed class RunReconcilerTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);
    private static readonly IncarnationSighting Running = new(SightedPhase.Running, StartedAt: Start);
    private static readonly IncarnationSighting Exited = new(SightedPhase.Exited, ExitCode: 7, IsOutputRead: true);

    [Fact]
    public void A_detached_run_is_started_and_ends_with_its_exit_code()
    {
        var life = RunLife.Begin(isAttached: false, Start);
        Assert.Equal(RunStep.Start, Decide(life, IncarnationSighting.Absent).Step);

        life = Decide(life, Running).Life;
        var exited = Decide(life, Exited);
        Assert.Equal((RunStage.Removing, RunStep.Remove, 7), (exited.Life.Stage, exited.Step, exited.Life.ExitCode));
        Assert.Equal(["Process exited with status 7", "State changed from up to complete"], exited.Lines);

        Assert.True(Decide(exited.Life, IncarnationSighting.Absent).Life.HasEnded);
    }

    [Fact]
    public void An_attached_run_that_nobody_attaches_to_ends_after_60_seconds()
    {
        var life = RunLife.Begin(isAttached: true, Start);
        Assert.Equal(TimeSpan.FromSeconds(60), Decide(life, IncarnationSighting.Absent).LookAgainIn);

        var late = RunReconciler.Decide(life, IncarnationSighting.Absent, false, Start.AddSeconds(60));

        Assert.Equal(RunStage.Removing, late.Life.Stage);
        Assert.Equal(["Error R13 (Attach error) -> Failed to attach to process"], late.Lines);
    }

    [Fact]
    public void An_attached_run_stops_when_its_session_has_died()
    {
        var life = RunLife.Begin(isAttached: true, Start).Enter(RunStage.Running, Start);
        Assert.Equal(RunStep.None, RunReconciler.Decide(life, Running, hasSession: true, Start).Step);

        var changes = RunReconciler.Decide(life, Running, hasSession: false, Start);

        Assert.Equal((RunStage.Stopping, RunStep.Stop), (changes.Life.Stage, changes.Step));
    }

    [Fact]
    public void A_detached_run_that_vanishes_is_not_run_twice()
    {
        var life = Decide(RunLife.Begin(isAttached: false, Start), Running).Life;

        var lost = Decide(life, IncarnationSighting.Absent);

        Assert.NotEqual(RunStep.Start, lost.Step);
        Assert.Equal(RunReconciler.LostExitCode, lost.Life.ExitCode);
    }

    [Fact]
    public void A_run_that_ignores_SIGTERM_is_removed_after_30_seconds()
    {
        var life = RunLife.Begin(isAttached: false, Start).Enter(RunStage.Stopping, Start) with { WasSeen = true };

        var late = RunReconciler.Decide(life, Running with { IsTold = true, IsOutputRead = true }, false, Start.AddSeconds(30));

        Assert.Equal((RunStage.Removing, RunStep.Remove, 137), (late.Life.Stage, late.Step, late.Life.ExitCode));
    }

    private static RunChanges Decide(RunLife life, IncarnationSighting seen) => RunReconciler.Decide(life, seen, hasSession: false, Start);
}
