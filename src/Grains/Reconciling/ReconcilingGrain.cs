using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Grains.Storage;
using Orleans.Storage;

namespace NeetoDeploy.Grains.Reconciling;

/// <summary>
/// A grain that works towards what its state says. A command stores the intent through <see cref="IntendAsync"/>; exactly one reconcile runs at a
/// time, beside the commands, and again when somebody nudges meanwhile. Until the work is settled the grain is listed as unfinished
/// (a silo that starts, or sees another one die, pokes it at once) and has a reminder as the last resort.
/// </summary>
public abstract partial class ReconcilingGrain(ReconcileServices services) : Grain, IRemindable
{
    private readonly CancellationTokenSource deactivating = new();
    private Task loop = Task.CompletedTask;
    private IGrainTimer? lookAgain;
    private int failures;
    private bool isWanted;
    private bool isRunning;

    /// <summary>How the supervisor finds this grain.</summary>
    protected abstract WorkItem Work { get; }

    /// <summary>Whether the stored state says that something remains to be done.</summary>
    protected abstract bool HasWork { get; }

    /// <summary>Why the work does not get on, for people; null when it does.</summary>
    protected Error? Trouble { get; private set; }

    protected DateTimeOffset Now => services.Time.GetUtcNow();

    protected TimeProvider Time => services.Time;

    protected ILogger Log => services.Log;

    /// <summary>Reads the state, observes, decides, stores the decision, applies it. It is told nothing.</summary>
    protected abstract Task<ReconcileOutcome> ReconcileOnceAsync(CancellationToken cancel);

    /// <summary>
    /// Asks for a reconcile soon; answers at once. A grain whose caller will not ask again overrides it with <see cref="IntendAsync"/>.
    /// </summary>
    public virtual Task ReconcileAsync()
    {
        Nudge();
        return Task.CompletedTask;
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (HasWork)
            Nudge();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await deactivating.CancelAsync();
        lookAgain?.Dispose();
        await Task.WhenAny(loop, Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken));
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    Task IRemindable.ReceiveReminder(string reminderName, TickStatus status) => ReconcileAsync();

    /// <summary>Asks for a reconcile soon, from inside the grain.</summary>
    protected void Nudge()
    {
        isWanted = true;
        if (isRunning || deactivating.IsCancellationRequested)
            return;
        isRunning = true;
        loop = RunAsync();
    }

    private async Task RunAsync()
    {
        await Task.Yield(); // whoever nudged gets its answer first
        try
        {
            while (isWanted && !deactivating.IsCancellationRequested)
            {
                isWanted = false;
                lookAgain?.Dispose();
                var outcome = await TryOnceAsync();
                await outcome.Match(SettleAsync, pause => PauseAsync(pause, null), FailAsync, GiveUpAsync);
            }
        }
        catch (Exception e) when (!deactivating.IsCancellationRequested)
        {
            // Not even the end could be recorded: storage is away, or another activation owns the state.
            services.Log.LogError(e, "{Work} cannot note the outcome of its work", Work);
            DeactivateOnIdle();
        }
        catch (Exception e)
        {
            services.Log.LogDebug(e, "{Work} was interrupted by its deactivation", Work);
        }
        finally
        {
            isRunning = false;
        }
    }

    private async Task<ReconcileOutcome> TryOnceAsync()
    {
        try
        {
            return await ReconcileOnceAsync(deactivating.Token);
        }
        catch (DriverException e)
        {
            // A place in the code helps with our own faults only.
            services.Log.LogWarning(
                e.Kind == DriverErrorKind.Bug ? e : null,
                "{Work} met a driver's failure {Code}: {Message}",
                Work,
                e.Code,
                e.Message
            );
            return ReconcileOutcome.Failed(new Error(e.Code, e.Message));
        }
        catch (InconsistentStateException)
        {
            throw;
        }
        catch (Exception e) when (!deactivating.IsCancellationRequested)
        {
            services.Log.LogError(e, "{Work} failed", Work);
            // Storage's wrapping holds stack traces in its message.
            return ReconcileOutcome.Failed(new Error("platform.failed", e.GetBaseException().Message));
        }
    }

    private async Task<Done> SettleAsync()
    {
        failures = 0;
        Trouble = null;
        await UnregisterAsync();
        return default;
    }

    private Task<Done> FailAsync(Error error) => PauseAsync(FailurePauses.After(++failures), error);

    private async Task<Done> GiveUpAsync(Error error)
    {
        services.Log.LogWarning("{Work} gave up: {Error}", Work, error);
        failures = 0;
        Trouble = error;
        await UnregisterAsync();
        return default;
    }

    private Task<Done> PauseAsync(TimeSpan pause, Error? trouble)
    {
        Trouble = trouble;
        if (trouble is null)
            failures = 0;
        if (pause == TimeSpan.Zero)
            isWanted = true;
        if (!isWanted)
            lookAgain = this.RegisterGrainTimer(
                static (grain, _) =>
                {
                    grain.Nudge();
                    return Task.CompletedTask;
                },
                this,
                new GrainTimerCreationOptions
                {
                    DueTime = pause,
                    Period = Timeout.InfiniteTimeSpan,
                    Interleave = true,
                    KeepAlive = true,
                }
            );
        return Task.FromResult(default(Done));
    }
}
