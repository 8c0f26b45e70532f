using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Releases;

namespace NeetoDeploy.Core.Formations;

/// <summary>What the formation wants.</summary>
/// <param name="Release">What to run; null: nothing.</param>
public sealed record FormationSpec(AppName App, ReleaseVersion? Release, ImmutableArray<ProcessRow> Rows);

/// <summary>What a reconcile of the formation wants done.</summary>
/// <param name="Places">Every place with what it shall run from now on.</param>
/// <param name="IsSettled">Nothing is left to do or to wait for.</param>
public sealed record FormationChanges(ImmutableDictionary<DynoName, FormationPlace> Places, bool IsSettled);

/// <summary>
/// Decides what each place runs. Quantities are never exceeded. A new wish reaches web places in portions: a quarter of them at a time, at
/// least one, and the next only when those are up; a portion that does not come up stops the rollout with the rest still serving.
/// </summary>
public static class FormationReconciler
{
    public static FormationChanges Decide(
        FormationSpec spec,
        ImmutableDictionary<DynoName, FormationPlace> places,
        IReadOnlyDictionary<DynoName, PlaceSighting> seen
    )
    {
        var next = Dismiss(spec, places, seen);
        foreach (var row in spec.Release is null ? [] : spec.Rows)
            next = Employ(spec, row, next, seen);
        var isSettled = next.All(place =>
            seen.TryGetValue(place.Key, out var sighting)
            && sighting.IsSettled
            && IsAsWanted(spec, place.Key, place.Value)
            && place.Value.Wish is not null
        );
        return new FormationChanges(next, isSettled);
    }

    /// <summary>The places that a selection names: all (null), those of a type, or one.</summary>
    public static ImmutableArray<DynoName> Select(ImmutableDictionary<DynoName, FormationPlace> places, string? selection) =>
        [
            .. places
                .Where(place => place.Value.Wish is not null)
                .Select(place => place.Key)
                .Where(name => selection is null || name.ToString() == selection || name.Type.ToString() == selection),
        ];

    private static ImmutableDictionary<DynoName, FormationPlace> Dismiss(
        FormationSpec spec,
        ImmutableDictionary<DynoName, FormationPlace> places,
        IReadOnlyDictionary<DynoName, PlaceSighting> seen
    )
    {
        var next = places;
        foreach (var (name, place) in places.Where(place => Find(spec, place.Key) is null))
        {
            next =
                place.Wish is null && seen.TryGetValue(name, out var sighting) && sighting.IsGone
                    ? next.Remove(name)
                    : next.SetItem(name, place with { Wish = null });
        }
        return next;
    }

    private static ImmutableDictionary<DynoName, FormationPlace> Employ(
        FormationSpec spec,
        ProcessRow row,
        ImmutableDictionary<DynoName, FormationPlace> places,
        IReadOnlyDictionary<DynoName, PlaceSighting> seen
    )
    {
        var names = Enumerable.Range(1, row.Quantity).Select(ordinal => new DynoName(row.Type, ordinal)).ToList();
        var isUp = names.ToDictionary(name => name, name => seen.TryGetValue(name, out var sighting) && sighting.IsUp);
        var changing = names.Count(name =>
            places.TryGetValue(name, out var place)
            && place.Wish is not null
            && IsAsWanted(spec, name, place)
            && !(seen.TryGetValue(name, out var sighting) && sighting.IsSettled)
        );
        var portion = row.Type == ProcessType.Web ? Math.Max(1, (row.Quantity + 3) / 4) : row.Quantity;
        foreach (var name in names)
        {
            var place = places.GetValueOrDefault(name, new FormationPlace(null, 0));
            var wish = new DynoWish(spec.App, spec.Release!.Value, row.Size, place.Restart);
            if (place.Wish == wish)
                continue;
            // A place with nothing up has nothing to lose, and waits for nobody.
            if (place.Wish is not null && isUp[name] && changing++ >= portion)
                continue;
            places = places.SetItem(name, place with { Wish = wish });
        }
        return places;
    }

    private static bool IsAsWanted(FormationSpec spec, DynoName name, FormationPlace place) =>
        Find(spec, name) is { } row
            ? place.Wish == new DynoWish(spec.App, spec.Release!.Value, row.Size, place.Restart)
            : place.Wish is null;

    private static ProcessRow? Find(FormationSpec spec, DynoName name) =>
        spec.Release is null ? null : spec.Rows.FirstOrDefault(row => row.Type == name.Type && name.Ordinal <= row.Quantity);
}
