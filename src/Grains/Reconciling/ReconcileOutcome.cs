using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Grains.Reconciling;

/// <summary>What one look at a grain's work came to.</summary>
public abstract record ReconcileOutcome
{
    private ReconcileOutcome() { }

    /// <summary>Everything is as wanted.</summary>
    public static readonly ReconcileOutcome Settled = new SettledOutcome();

    /// <summary>A step was done and stored; go on with the next.</summary>
    public static readonly ReconcileOutcome Again = new LookAgainOutcome(TimeSpan.Zero);

    /// <summary>Something is under way; look again after a time, or when somebody nudges.</summary>
    public static ReconcileOutcome LookAgainIn(TimeSpan pause) => new LookAgainOutcome(pause);

    /// <summary>A step failed; try again after a pause that grows with each failure.</summary>
    public static ReconcileOutcome Failed(Error error) => new FailedOutcome(error);

    /// <summary>It will not succeed, and the state says so; only a new command starts it again.</summary>
    public static ReconcileOutcome GaveUp(Error error) => new GaveUpOutcome(error);

    public T Match<T>(Func<T> settled, Func<TimeSpan, T> lookAgain, Func<Error, T> failed, Func<Error, T> gaveUp) =>
        this switch
        {
            SettledOutcome => settled(),
            LookAgainOutcome o => lookAgain(o.Pause),
            FailedOutcome o => failed(o.Error),
            GaveUpOutcome o => gaveUp(o.Error),
            _ => throw new InvalidOperationException(),
        };

    private sealed record SettledOutcome : ReconcileOutcome;

    private sealed record LookAgainOutcome(TimeSpan Pause) : ReconcileOutcome;

    private sealed record FailedOutcome(Error Error) : ReconcileOutcome;

    private sealed record GaveUpOutcome(Error Error) : ReconcileOutcome;
}
