using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Core.Tests.Formations;

public sealed class FormationReconcilerTests
{
    private static readonly PlaceSighting Up = new(IsSettled: true, IsUp: true, IsGone: false);
    private static readonly PlaceSighting Crashed = new(IsSettled: false, IsUp: false, IsGone: false);

    [Fact]
    public void Scale_down_stops_the_newest_dyno_first()
    {
        var places = Decide(Spec(1, 3), ImmutableDictionary<DynoName, FormationPlace>.Empty, []);

        places = Decide(Spec(1, 2), places, All(places, Up));

        Assert.Equal(["web.3"], places.Where(place => place.Value.Wish is null).Select(place => place.Key.ToString()));
    }

    [Fact]
    public void A_portion_that_does_not_come_up_stops_the_rollout()
    {
        var places = Decide(Spec(1, 4), ImmutableDictionary<DynoName, FormationPlace>.Empty, []);
        var seen = All(places, Up);
        places = Decide(Spec(2, 4), places, seen);
        var changed = Assert.Single(places, place => place.Value.Wish!.Release.Number == 2).Key;

        // It crashes while its old incarnation serves on.
        seen[changed] = new PlaceSighting(IsSettled: false, IsUp: true, IsGone: false);
        places = Decide(Spec(2, 4), places, seen);

        Assert.Single(places, place => place.Value.Wish!.Release.Number == 2);
    }

    [Fact]
    public void Dynos_that_are_down_anyway_change_all_at_once()
    {
        var places = Decide(Spec(1, 8), ImmutableDictionary<DynoName, FormationPlace>.Empty, []);

        places = Decide(Spec(2, 8), places, All(places, Crashed));

        Assert.All(places.Values, place => Assert.Equal(2, place.Wish!.Release.Number));
    }

    [Fact]
    public void A_place_that_has_gone_is_forgotten()
    {
        var places = Decide(Spec(1, 1), ImmutableDictionary<DynoName, FormationPlace>.Empty, []);
        places = Decide(Spec(1, 0), places, All(places, Up));
        Assert.Single(places);

        places = Decide(Spec(1, 0), places, All(places, new PlaceSighting(true, false, true)));

        Assert.Empty(places);
    }

    [Theory]
    [InlineData(true, true, 1, 1, RouteState.Maintenance)]
    [InlineData(false, false, null, 0, RouteState.Blank)]
    [InlineData(false, true, null, 0, RouteState.NoWebDynos)]
    [InlineData(false, true, 0, 1, RouteState.NoWebDynos)]
    [InlineData(false, true, 1, 1, RouteState.Serving)]
    public void A_route_says_what_the_app_is_in(bool maintenance, bool released, int? web, int targets, RouteState expected)
    {
        ImmutableArray<RouteTarget> up =
            targets == 0 ? [] : [new RouteTarget(DynoName.Parse("web.1"), new ReleaseVersion(1), "10.0.0.1", 5000)];

        Assert.Equal(expected, FormationRoute.State(maintenance, released, web, up, [DynoStatus.Up]));
    }

    [Theory]
    [InlineData(new[] { DynoStatus.Crashed, DynoStatus.Crashed }, RouteState.Crashed)]
    [InlineData(new[] { DynoStatus.Crashed, DynoStatus.Starting }, RouteState.Starting)]
    [InlineData(new DynoStatus[0], RouteState.Starting)]
    public void Without_a_dyno_that_is_up_the_route_says_whether_one_may_come(DynoStatus[] statuses, RouteState expected) =>
        Assert.Equal(expected, FormationRoute.State(false, true, 2, [], [.. statuses]));

    private static ImmutableDictionary<DynoName, FormationPlace> Decide(
        FormationSpec spec,
        ImmutableDictionary<DynoName, FormationPlace> places,
        Dictionary<DynoName, PlaceSighting> seen
    ) => FormationReconciler.Decide(spec, places, seen).Places;

    private static Dictionary<DynoName, PlaceSighting> All(ImmutableDictionary<DynoName, FormationPlace> places, PlaceSighting sighting) =>
        places.Keys.ToDictionary(name => name, _ => sighting);

    private static FormationSpec Spec(int release, int web) =>
        new(
            AppName.Parse("shop"),
            new ReleaseVersion(release),
            [new ProcessRow(Guid.Empty, ProcessType.Web, "run", web, DynoSize.Default, default, default)]
        );
}
