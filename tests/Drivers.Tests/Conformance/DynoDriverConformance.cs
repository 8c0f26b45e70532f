using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Tests.Support;

namespace NeetoDeploy.Drivers.Tests.Conformance;

/// <summary>
/// What every dyno driver must do. A subclass says which; its process types <c>web</c>, <c>stubborn</c>, <c>crash</c>, <c>greedy</c>, <c>talker</c>
/// and <c>echo</c> do what they are called. Each test has an app of its own.
/// </summary>
public abstract partial class DynoDriverConformance : IAsyncLifetime
{
    protected AppId App { get; } = new(Guid.NewGuid());

    protected abstract IDynoDriver Driver { get; }

    protected abstract ImageRef Image { get; }

    /// <summary>An image that no registry has.</summary>
    protected abstract ImageRef MissingImage { get; }

    /// <summary>Whether the driver can know why memory ran out.</summary>
    protected virtual bool TellsOutOfMemory => true;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Driver.RemoveAppAsync(App, CancellationToken.None);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_started_dyno_is_observed_running_with_an_address()
    {
        var started = await Driver.EnsureAsync(Spec("web"), Cancel);
        Assert.Equal(DynoPhase.Running, started.Phase);
        Assert.False(string.IsNullOrEmpty(started.Address));
        Assert.NotNull(started.StartedAt);
        var observed = Assert.Single(await Driver.ObserveAsync(App, Cancel));
        Assert.Equal(started, observed);
        Assert.Contains(started, await Driver.ObserveAsync(Cancel));
    }

    [Fact]
    public async Task Ensuring_again_and_at_once_makes_one_dyno()
    {
        var spec = Spec("web");
        var answers = await Task.WhenAll(
            Driver.EnsureAsync(spec, Cancel),
            Driver.EnsureAsync(spec, Cancel),
            Driver.EnsureAsync(spec, Cancel)
        );
        Assert.Single(answers.Select(answer => answer.Handle).Distinct());
        Assert.Single(await Driver.ObserveAsync(App, Cancel));
    }

    [Fact]
    public async Task A_crashed_dyno_keeps_its_exit_code_and_is_not_restarted()
    {
        var spec = Spec("crash");
        await Driver.EnsureAsync(spec, Cancel);
        var crashed = await ExitAsync(spec.Key);
        Assert.Equal(3, crashed.ExitCode);
        Assert.False(crashed.OutOfMemory);
        Assert.NotNull(crashed.FinishedAt);
        Assert.Null(crashed.Address);
        Assert.Equal(crashed, await Driver.EnsureAsync(spec, Cancel));
    }

    [Fact]
    public async Task Stopping_terminates_by_signal_15()
    {
        var dyno = await Driver.EnsureAsync(Spec("web"), Cancel);
        await Driver.StopAsync(dyno.Handle, TimeSpan.FromMinutes(5), Cancel);
        Assert.Equal(128 + 15, (await ExitAsync(dyno.Key)).ExitCode);
        await Driver.StopAsync(dyno.Handle, TimeSpan.Zero, Cancel);
    }

    [Fact]
    public async Task Stopping_kills_what_ignores_the_signal_once_the_grace_is_over()
    {
        var dyno = await Driver.EnsureAsync(Spec("stubborn"), Cancel);
        await WaitForLineAsync(dyno, "ignoring");
        await Driver.StopAsync(dyno.Handle, TimeSpan.FromSeconds(1), Cancel);
        Assert.Equal(128 + 9, (await ExitAsync(dyno.Key)).ExitCode);
    }

    [Fact]
    public async Task Removing_ends_a_running_dyno_and_may_be_repeated()
    {
        var dyno = await Driver.EnsureAsync(Spec("stubborn"), Cancel);
        await Driver.RemoveAsync(dyno.Handle, Cancel);
        Assert.Empty(await Driver.ObserveAsync(App, Cancel));
        await Driver.RemoveAsync(dyno.Handle, Cancel);
    }

    [Fact]
    public async Task Running_out_of_memory_is_told()
    {
        var spec = Spec("greedy") with { Size = new DynoSize("Tiny", 16 << 20, 500, 64) };
        await Driver.EnsureAsync(spec, Cancel);
        var killed = await ExitAsync(spec.Key);
        Assert.NotEqual(0, killed.ExitCode);
        Assert.Equal(TellsOutOfMemory, killed.OutOfMemory);
    }

    [Fact]
    public async Task An_image_that_no_registry_has_is_not_found()
    {
        var error = await Assert.ThrowsAsync<DriverException>(() => Driver.EnsureAsync(Spec("web") with { Image = MissingImage }, Cancel));
        Assert.Equal(DriverErrorKind.NotFound, error.Kind);
        Assert.Equal("image.not_found", error.Code);
        Assert.Empty(await Driver.ObserveAsync(App, Cancel));
    }

    protected DynoSpec Spec(string type, int ordinal = 1, int release = 1, int generation = 1) =>
        new(
            new DynoKey(App, DynoName.Parse($"{type}.{ordinal}"), new ReleaseVersion(release), generation),
            Image,
            new DynoStart.Process(type),
            ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/bin").Add("PORT", "8080"),
            DynoSize.Default
        );

    protected DynoSpec CommandLine(string line) => Spec("run", 1000) with { Start = new DynoStart.CommandLine(line) };

    protected Task<DynoObservation> ExitAsync(DynoKey key) =>
        Eventually.SeesAsync(
            $"{key} to exit",
            async cancel => (await Driver.ObserveAsync(App, cancel)).Single(dyno => dyno.Key == key),
            dyno => dyno.Phase == DynoPhase.Exited
        );

    protected async Task WaitForLineAsync(DynoObservation dyno, string text)
    {
        await foreach (var line in ((ISupportsLogTail)Driver).FollowAsync(dyno.Handle, null, Cancel))
        {
            if (line.Text == text)
                return;
        }
        Assert.Fail($"{dyno.Key} ended without writing '{text}'.");
    }
}
