using System.Collections.Immutable;
using CsCheck;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Releases;

namespace NeetoDeploy.Core.Tests.Formations;

public sealed class FormationReconcilerProperties
{
    private static readonly AppName App = AppName.Parse("shop");
    private static readonly ProcessType Worker = ProcessType.Parse("worker");
    private static readonly Gen<(int Act, int Amount)[]> Lives = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 9]).Array[1, 40];

    [Fact]
    public void Quantities_are_never_exceeded() =>
        Lives.Sample(life =>
        {
            foreach (var (spec, places) in Live(life, allUp: true))
            {
                foreach (var row in spec.Rows)
                    Assert.True(places.Count(place => place.Key.Type == row.Type && place.Value.Wish is not null) <= row.Quantity);
            }
        });

    [Fact]
    public void A_settled_formation_is_left_alone() =>
        Lives.Sample(life =>
        {
            var (spec, places) = Live(life, allUp: true).Last();
            for (var round = 0; round < 50; round++)
                places = FormationReconciler.Decide(spec, places, Settled(places)).Places;

            var changes = FormationReconciler.Decide(spec, places, Settled(places));

            Assert.True(changes.IsSettled);
            Assert.Equal(places, changes.Places);
            Assert.Equal(spec.Rows.Sum(row => row.Quantity), places.Count);
        });

    [Fact]
    public void At_most_a_quarter_of_the_web_dynos_change_at_once() =>
        Gen.Int[1, 40]
            .Sample(quantity =>
            {
                var before = Spec(1, quantity, 0);
                var places = FormationReconciler
                    .Decide(
                        before,
                        ImmutableDictionary<DynoName, FormationPlace>.Empty,
                        Settled(ImmutableDictionary<DynoName, FormationPlace>.Empty)
                    )
                    .Places;
                var after = Spec(2, quantity, 0);

                var first = FormationReconciler.Decide(after, places, Settled(places)).Places;

                Assert.Equal(Math.Max(1, (quantity + 3) / 4), first.Values.Count(place => place.Wish!.Release.Number == 2));
            });

    private static IEnumerable<(FormationSpec Spec, ImmutableDictionary<DynoName, FormationPlace> Places)> Live(
        (int Act, int Amount)[] life,
        bool allUp
    )
    {
        var (release, web, worker) = (1, 1, 0);
        var places = ImmutableDictionary<DynoName, FormationPlace>.Empty;
        foreach (var (act, amount) in life)
        {
            _ = act switch
            {
                0 => release++,
                1 => web = amount,
                2 => worker = amount,
                _ => 0,
            };
            if (act == 3)
                places = places.SetItems(
                    places.Select(place => KeyValuePair.Create(place.Key, place.Value with { Restart = place.Value.Restart + 1 }))
                );
            var spec = Spec(release, web, worker);
            var seen = act == 4 || !allUp ? [] : Settled(places);
            places = FormationReconciler.Decide(spec, places, seen).Places;
            yield return (spec, places);
        }
    }

    private static Dictionary<DynoName, PlaceSighting> Settled(ImmutableDictionary<DynoName, FormationPlace> places) =>
        places.ToDictionary(place => place.Key, place => new PlaceSighting(true, place.Value.Wish is not null, place.Value.Wish is null));

    private static FormationSpec Spec(int release, int web, int worker) =>
        new(App, new ReleaseVersion(release), [Row(ProcessType.Web, web), Row(Worker, worker)]);

    private static ProcessRow Row(ProcessType type, int quantity) =>
        new(Guid.Empty, type, "run", quantity, DynoSize.Default, default, default);
}
