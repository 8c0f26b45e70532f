using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Releases;

namespace NeetoDeploy.Core.Tests.Dynos;

/// <summary>A dyno's place on an engine made of a dictionary. It reconciles as the grain does, and keeps count.</summary>
internal sealed class PlaceSimulation(ProcessType type)
{
    private static readonly AppName App = AppName.Parse("shop");

    private readonly Dictionary<int, IncarnationSighting> engine = [];

    public DateTimeOffset Now { get; private set; } = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);

    public DynoPlace Place { get; private set; } = DynoPlace.Empty;

    /// <summary>New processes listen at once.</summary>
    public bool ListensAtOnce { get; set; } = true;

    /// <summary>Routers let go at once.</summary>
    public bool DrainsAtOnce { get; set; } = true;

    /// <summary>Processes exit at SIGTERM.</summary>
    public bool ObeysTermination { get; set; } = true;

    public List<string> Lines { get; } = [];

    public List<DynoStep> Steps { get; } = [];

    public DynoChanges? Last { get; private set; }

    public IReadOnlyDictionary<int, IncarnationSighting> Engine => engine;

    public static DynoWish Wish(int release, int restart = 0) => new(App, new ReleaseVersion(release), DynoSize.Default, restart);

    public void Want(DynoWish? wish)
    {
        Place = Place.Want(wish);
        Reconcile();
    }

    public void Pass(TimeSpan time)
    {
        Now += time;
        Reconcile();
    }

    public void Listen() => ChangeAll(seen => seen with { IsListening = true });

    public void Drain() => ChangeAll(seen => seen with { IsDrained = true });

    public void Exit(int generation, int code = 1)
    {
        if (engine.TryGetValue(generation, out var seen) && seen.Phase == SightedPhase.Running)
            engine[generation] = Exited(seen, code);
        Reconcile();
    }

    public void Lose(int generation)
    {
        engine.Remove(generation);
        Reconcile();
    }

    public void FailToStart(string reason)
    {
        engine[Place.LastGeneration] = IncarnationSighting.Absent with { StartError = reason };
        Reconcile();
    }

    public void Reconcile()
    {
        for (var round = 0; round < 20; round++)
        {
            var before = Place;
            Last = DynoReconciler.Decide(type, Place, engine, Now);
            Place = Last.Place;
            Lines.AddRange(Last.Lines);
            Steps.AddRange(Last.Steps);
            Assert.True(Place.Incarnations.Length <= 2, $"There are {Place.Incarnations.Length} incarnations.");
            foreach (var step in Last.Steps)
                Apply(step);
            if (Last.Steps.IsEmpty && Place == before)
                return;
        }
        Assert.Fail($"It does not come to rest: {Last}");
    }

    private void Apply(DynoStep step) =>
        step.Match(
            start =>
                engine[start.Generation] = engine.GetValueOrDefault(start.Generation) is { Phase: not SightedPhase.Absent } known
                    ? known
                    : new IncarnationSighting(
                        SightedPhase.Running,
                        $"10.0.0.{start.Generation % 250}",
                        StartedAt: Now,
                        IsListening: ListensAtOnce,
                        IsDrained: DrainsAtOnce,
                        IsOutputRead: true
                    ),
            stop =>
            {
                if (engine.TryGetValue(stop.Generation, out var seen) && seen.Phase == SightedPhase.Running)
                {
                    var dies = ObeysTermination || stop.Grace == TimeSpan.Zero;
                    engine[stop.Generation] = (dies ? Exited(seen, stop.Grace == TimeSpan.Zero ? 137 : 143) : seen) with { IsTold = true };
                }
                return IncarnationSighting.Absent;
            },
            remove =>
            {
                engine.Remove(remove.Generation);
                return IncarnationSighting.Absent;
            }
        );

    private IncarnationSighting Exited(IncarnationSighting seen, int code) =>
        seen with
        {
            Phase = SightedPhase.Exited,
            ExitCode = code,
            FinishedAt = Now,
            IsListening = false,
        };

    private void ChangeAll(Func<IncarnationSighting, IncarnationSighting> change)
    {
        foreach (var generation in engine.Keys.ToImmutableArray())
            engine[generation] = change(engine[generation]);
        Reconcile();
    }
}
