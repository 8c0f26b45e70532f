using System.Collections.Immutable;
using NeetoDeploy.Core.Formations;

namespace NeetoDeploy.Core.Dynos;

/// <summary>
/// Decides what happens in a dyno's place. An old incarnation works until a new one is up; there are never more than two; a crash
/// is answered with a new incarnation after a pause that grows.
/// </summary>
public sealed partial class DynoReconciler
{
    private const int MostIncarnations = 2;
    private static readonly TimeSpan DrainPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ExitPoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OutputPoll = TimeSpan.FromMilliseconds(100);

    private readonly bool isWeb;
    private readonly IReadOnlyDictionary<int, IncarnationSighting> seen;
    private readonly DateTimeOffset now;
    private readonly List<Incarnation> incarnations;
    private readonly List<string> lines = [];
    private readonly List<DynoStep> steps = [];
    private DynoPlace place;
    private DateTimeOffset? next;

    private DynoReconciler(ProcessType type, DynoPlace place, IReadOnlyDictionary<int, IncarnationSighting> seen, DateTimeOffset now)
    {
        isWeb = type == ProcessType.Web;
        this.place = place;
        this.seen = seen;
        this.now = now;
        incarnations = [.. place.Incarnations];
    }

    /// <summary>The next changes of a place.</summary>
    /// <param name="type">Only web dynos are probed and drained.</param>
    /// <param name="seen">By generation; what is missing is absent.</param>
    public static DynoChanges Decide(
        ProcessType type,
        DynoPlace place,
        IReadOnlyDictionary<int, IncarnationSighting> seen,
        DateTimeOffset now
    )
    {
        var decision = new DynoReconciler(type, place, seen, now);
        decision.Advance();
        decision.Retire();
        decision.Renew();
        decision.CollectSteps();
        return decision.Changes();
    }

    /// <summary>Each incarnation's own next stage, from what was seen of it.</summary>
    private void Advance()
    {
        for (var i = 0; i < incarnations.Count; i++)
            incarnations[i] = Advance(incarnations[i], Of(incarnations[i]));
        incarnations.RemoveAll(incarnation =>
            incarnation.Stage == IncarnationStage.Removing && Of(incarnation).Phase == SightedPhase.Absent
        );
    }

    /// <summary>Sends incarnations on their way out: those not wished for, once the wished one is up or if they never were.</summary>
    private void Retire()
    {
        var wishedIsUp = incarnations.Exists(incarnation => incarnation.Stage == IncarnationStage.Up && incarnation.Wish == place.Wish);
        for (var i = 0; i < incarnations.Count; i++)
        {
            var incarnation = incarnations[i];
            if (!incarnation.IsCurrent || incarnation.Wish == place.Wish)
                continue;
            if (incarnation.Stage == IncarnationStage.Up && place.Wish is not null && !wishedIsUp)
                continue;
            if (place.Wish is null)
                lines.Add(DynoLines.Changed(Word(incarnation), "down"));
            incarnations[i] =
                incarnation.Stage == IncarnationStage.Up && isWeb
                    ? incarnation.Enter(IncarnationStage.Draining, now)
                    : BeginStop(incarnation, DynoTimings.StopGrace);
        }
    }

    /// <summary>Starts the wished incarnation when there is none, a place is free, and no pause holds it back.</summary>
    private void Renew()
    {
        if (place.Wish is not { } wish || incarnations.Exists(incarnation => incarnation.IsCurrent && incarnation.Wish == wish))
            return;
        if (incarnations.Count >= MostIncarnations)
            return;
        if (place.RestartAt > now)
        {
            LookAgainAt(place.RestartAt.Value);
            return;
        }
        if (incarnations.Exists(incarnation => incarnation.Stage == IncarnationStage.Up))
        {
            lines.Add(DynoLines.Restarting);
            lines.Add(DynoLines.Changed("up", "starting"));
        }
        else if (place.RestartAt is not null)
        {
            lines.Add(DynoLines.Changed("crashed", "starting"));
        }
        var generation = place.LastGeneration + 1;
        place = place with { LastGeneration = generation, RestartAt = null };
        incarnations.Add(new Incarnation(generation, wish, IncarnationStage.Starting, now, now, false, null, DynoTimings.StopGrace));
    }

    private DynoChanges Changes() =>
        new(
            place with
            {
                Incarnations = incarnations.SequenceEqual(place.Incarnations) ? place.Incarnations : [.. incarnations],
            },
            [.. steps],
            [.. lines],
            next is { } at ? (at > now ? at - now : TimeSpan.Zero) : null
        );

    private IncarnationSighting Of(Incarnation incarnation) => seen.GetValueOrDefault(incarnation.Generation, IncarnationSighting.Absent);

    private void LookAgainAt(DateTimeOffset at)
    {
        if (next is null || at < next)
            next = at;
    }

    private static string Word(Incarnation incarnation) => incarnation.Stage == IncarnationStage.Up ? "up" : "starting";
}
