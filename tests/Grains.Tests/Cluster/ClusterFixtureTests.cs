using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Grains.Interfaces.Access;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Tests.Cluster;

public sealed class ClusterFixtureTests : ClusterTests
{
    [Fact]
    public async Task Grain_timers_follow_the_clock_of_the_test()
    {
        var grain = Grains.GetGrain<IAlarmGrain>("alarm");
        await grain.SetAsync(TimeSpan.FromHours(1));
        Assert.False(await grain.HasRungAsync());

        Cluster.Clock.Advance(TimeSpan.FromHours(1));

        await Eventually.HoldsAsync("the alarm has rung", () => grain.HasRungAsync());
    }

    [Fact]
    public async Task A_state_outlives_a_crash_of_the_silo()
    {
        await Grains.GetGrain<IAlarmGrain>("alarm").SetAsync(TimeSpan.FromHours(1));

        await Cluster.CrashAsync();

        Assert.Equal(TimeSpan.FromHours(1), await Grains.GetGrain<IAlarmGrain>("alarm").GetAsync());
        Assert.Same(Cluster.Clock, Cluster.Services.GetRequiredService<TimeProvider>());
    }
}

/// <summary>Rings after a while.</summary>
public interface IAlarmGrain : IGrainWithStringKey
{
    [PlatformOnly]
    Task SetAsync(TimeSpan after);

    [PlatformOnly]
    Task<TimeSpan> GetAsync();

    [PlatformOnly]
    Task<bool> HasRungAsync();
}

public sealed record AlarmState
{
    public TimeSpan After { get; init; }
}

public sealed class AlarmGrain([PersistentState("test.alarm")] IPersistentState<AlarmState> state) : Grain, IAlarmGrain
{
    private bool hasRung;

    public async Task SetAsync(TimeSpan after)
    {
        state.State = new AlarmState { After = after };
        await state.WriteStateAsync();
        this.RegisterGrainTimer(
            () =>
            {
                hasRung = true;
                return Task.CompletedTask;
            },
            after,
            Timeout.InfiniteTimeSpan
        );
    }

    public Task<TimeSpan> GetAsync() => Task.FromResult(state.State.After);

    public Task<bool> HasRungAsync() => Task.FromResult(hasRung);
}
