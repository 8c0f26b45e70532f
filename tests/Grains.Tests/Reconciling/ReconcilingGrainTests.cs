using NeetoDeploy.Core.Results;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Grains.Reconciling;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Reconciling;

public sealed class ReconcilingGrainTests : ClusterTests
{
    private readonly string key = Guid.NewGuid().ToString();

    private WorkScript Script => WorkScript.For(key);

    private IScriptedWorkGrain Grain => Grains.GetGrain<IScriptedWorkGrain>(key);

    private bool IsRegistered => Cluster.Work.Has("test", key);

    [Fact]
    public async Task Work_is_registered_until_it_is_settled()
    {
        var gate = new TaskCompletionSource<ReconcileOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Script.Step = _ => gate.Task;

        await Grain.WantAsync(1);
        Assert.True(IsRegistered);
        gate.SetResult(ReconcileOutcome.Settled);

        await Eventually.HoldsAsync("the work is settled", () => !IsRegistered);
        Assert.Equal(1, Script.Runs);
    }

    [Fact]
    public async Task One_reconcile_runs_at_a_time_and_once_more_for_all_that_asked_meanwhile()
    {
        var gate = new TaskCompletionSource<ReconcileOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Script.Step = run => run == 1 ? gate.Task : Task.FromResult(ReconcileOutcome.Settled);

        await Grain.WantAsync(1);
        await Eventually.HoldsAsync("the first reconcile runs", () => Script.Runs == 1);
        for (var i = 0; i < 10; i++)
            await Grain.ReconcileAsync();
        Assert.Equal(1, Script.Runs);
        gate.SetResult(ReconcileOutcome.Settled);

        await Eventually.HoldsAsync("the work is settled", () => !IsRegistered);
        Assert.Equal((2, 1), (Script.Runs, Script.MostAtOnce));
    }

    [Fact]
    public async Task An_intent_stored_while_the_work_settles_stays_registered()
    {
        var gate = new TaskCompletionSource<ReconcileOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new TaskCompletionSource<ReconcileOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Script.Step = run => run == 1 ? gate.Task : second.Task;
        await Grain.WantAsync(1);
        await Eventually.HoldsAsync("the first reconcile runs", () => Script.Runs == 1);

        await Grain.WantAsync(2);
        gate.SetResult(ReconcileOutcome.Settled);

        await Eventually.HoldsAsync("the second reconcile runs", () => Script.Runs == 2);
        Assert.True(IsRegistered);
        second.SetResult(ReconcileOutcome.Settled);
        await Eventually.HoldsAsync("the work is settled", () => !IsRegistered);
    }

    [Fact]
    public async Task A_failure_is_tried_again_after_a_pause_that_grows()
    {
        Script.Step = run =>
            run switch
            {
                1 => throw new DriverException(DriverErrorKind.Unavailable, "engine.unavailable", "down"),
                2 => throw new InvalidOperationException("a bug"),
                3 => Task.FromResult(ReconcileOutcome.Failed(new Error("test.failed", "not yet"))),
                _ => Task.FromResult(ReconcileOutcome.Settled),
            };
        await Grain.WantAsync(1);
        for (var failures = 1; failures <= 3; failures++)
        {
            // A timer that is armed after the clock moved would miss it, so the clock moves until it has fired.
            var expected = failures + 1;
            await Eventually.HoldsAsync($"run {failures}", () => Script.Runs >= failures);
            await Eventually.HoldsAsync(
                $"run {expected}",
                () => Script.Runs >= expected,
                () => Cluster.Clock.Advance(FailurePauses.After(failures))
            );
        }
        await Eventually.HoldsAsync("the work is settled", () => !IsRegistered);
        Assert.Equal(4, Script.Runs);
    }

    [Fact]
    public async Task Giving_up_ends_the_work()
    {
        Script.Step = _ => Task.FromResult(ReconcileOutcome.GaveUp(new Error("test.hopeless", "never")));
        await Grain.WantAsync(1);
        await Eventually.HoldsAsync("the work is over", () => !IsRegistered);
        Assert.Equal(1, Script.Runs);
    }

    [Fact]
    public async Task An_activation_with_work_goes_on_with_it()
    {
        Script.Step = run => Task.FromResult(run == 1 ? ReconcileOutcome.LookAgainIn(TimeSpan.FromHours(1)) : ReconcileOutcome.Settled);
        await Grain.WantAsync(1);
        await Eventually.HoldsAsync("the first reconcile ran", () => Script.Runs == 1);

        await Cluster.ForgetAsync(Grain);
        Assert.Equal(1, await Grain.GetWantedAsync());

        await Eventually.HoldsAsync("the work is settled", () => !IsRegistered);
    }

    [Fact]
    public async Task A_write_that_fails_leaves_what_was_stored()
    {
        await Grain.WantAsync(1);
        Cluster.States.FailNextWrites();
        await Assert.ThrowsAnyAsync<Exception>(() => Grain.WantAsync(2));
        Assert.Equal(1, await Grain.GetWantedAsync());
        await Grain.WantAsync(3);
        Assert.Equal(3, await Grain.GetWantedAsync());
    }

    [Fact]
    public void Pauses_double_from_a_quarter_of_a_second_to_half_a_minute()
    {
        Assert.Equal([0.25, 0.5, 1, 2, 4, 8, 16, 30, 30], Enumerable.Range(1, 9).Select(n => FailurePauses.After(n).TotalSeconds));
        Assert.Equal(FailurePauses.Longest, FailurePauses.After(int.MaxValue));
    }
}
