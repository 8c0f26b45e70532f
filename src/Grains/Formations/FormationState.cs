using System.Collections.Immutable;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Runs;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Formations;

/// <summary>What a formation remembers.</summary>
public sealed record FormationState : StoredState
{
    public const string StateName = "formation";

    public ImmutableArray<ProcessRow> Rows { get; init; } = [];

    /// <summary>The release that the rows follow; null before the first.</summary>
    public ReleaseVersion? Release { get; init; }

    public ImmutableDictionary<DynoName, FormationPlace> Places { get; init; } = ImmutableDictionary<DynoName, FormationPlace>.Empty;

    /// <summary>One-off dynos that have not ended.</summary>
    public ImmutableDictionary<RunId, DynoName> Runs { get; init; } = ImmutableDictionary<RunId, DynoName>.Empty;

    /// <summary>One-off dynos that have ended and are remembered still, oldest first.</summary>
    public ImmutableArray<RunId> EndedRuns { get; init; } = [];

    /// <summary>Former places: they know which of their numbers were used, and are forgotten with the app.</summary>
    public ImmutableHashSet<DynoName> FormerPlaces { get; init; } = [];

    public bool IsDestroyed { get; init; }

    /// <summary>The same with other places; those that are no more become former ones.</summary>
    public FormationState With(ImmutableDictionary<DynoName, FormationPlace> places) =>
        places.Equals(Places)
            ? this
            : this with
            {
                Places = places,
                FormerPlaces = FormerPlaces.Union(Places.Keys.Where(name => !places.ContainsKey(name))),
            };
}
