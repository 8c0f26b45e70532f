using System.Collections.Immutable;

namespace NeetoDeploy.Core.Dynos;

/// <summary>One effect on the engine. Each may be repeated.</summary>
public abstract record DynoStep(int Generation)
{
    /// <summary>Create and start it unless it exists.</summary>
    public sealed record Start(int Generation) : DynoStep(Generation);

    /// <summary>SIGTERM, and SIGKILL after the grace.</summary>
    public sealed record Stop(int Generation, TimeSpan Grace) : DynoStep(Generation);

    /// <summary>Remove it, killing it when it still runs.</summary>
    public sealed record Remove(int Generation) : DynoStep(Generation);

    public T Match<T>(Func<Start, T> start, Func<Stop, T> stop, Func<Remove, T> remove) =>
        this switch
        {
            Start s => start(s),
            Stop s => stop(s),
            Remove r => remove(r),
            _ => throw new InvalidOperationException(),
        };
}

/// <summary>What a reconcile of a dyno's place wants done: store <paramref name="Place"/>, write the lines, take the steps.</summary>
/// <param name="Lines">For the app's log, as <c>heroku[web.1]</c>.</param>
/// <param name="LookAgainIn">When time alone may change the answer; null when only an event can.</param>
public sealed record DynoChanges(DynoPlace Place, ImmutableArray<DynoStep> Steps, ImmutableArray<string> Lines, TimeSpan? LookAgainIn);
