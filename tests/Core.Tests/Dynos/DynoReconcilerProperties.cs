using CsCheck;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Formations;

namespace NeetoDeploy.Core.Tests.Dynos;

public sealed class DynoReconcilerProperties
{
    /// <summary>A random life: new releases, restarts, crashes, losses, silence, time.</summary>
    private static readonly Gen<(int Act, int Amount)[]> Lives = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 70]).Array[1, 60];

    [Fact]
    public void The_last_working_dyno_is_never_stopped_before_the_wished_one_is_up() =>
        Lives.Sample(life =>
        {
            var web = new PlaceSimulation(ProcessType.Web);
            var release = 1;
            foreach (var (act, amount) in life)
            {
                var working = Working(web);
                var isOurDoing = act is not (3 or 4 or 9);
                Do(web, act, amount, ref release);
                if (isOurDoing && working && web.Place.Wish is not null)
                    Assert.True(Working(web), $"Nothing works any more: {web.Place}");
            }
        });

    [Fact]
    public void Only_dynos_that_listen_are_up() =>
        Lives.Sample(life =>
        {
            var web = new PlaceSimulation(ProcessType.Web);
            var release = 1;
            foreach (var (act, amount) in life)
            {
                Do(web, act, amount, ref release);
                Assert.All(web.Place.Up, up => Assert.True(web.Engine[up.Generation].IsListening));
            }
        });

    [Fact]
    public void Whatever_happened_a_place_comes_to_rest_as_wished() =>
        Lives.Sample(life =>
        {
            var web = new PlaceSimulation(ProcessType.Web);
            var release = 1;
            foreach (var (act, amount) in life)
                Do(web, act, amount, ref release);

            web.ListensAtOnce = web.DrainsAtOnce = web.ObeysTermination = true;
            for (var minute = 0; minute < 15; minute++)
            {
                web.Listen();
                web.Drain();
                web.Pass(TimeSpan.FromMinutes(1));
            }

            Assert.True(web.Place.IsSettled, $"Not settled: {web.Place}");
            Assert.Equal(web.Place.Wish is null ? 0 : 1, web.Engine.Count);
            var steps = web.Steps.Count;
            web.Pass(TimeSpan.FromHours(1));
            Assert.Equal(steps, web.Steps.Count);
        });

    private static bool Working(PlaceSimulation web) =>
        web.Place.Up.Any(up => web.Engine.TryGetValue(up.Generation, out var seen) && seen is { Phase: SightedPhase.Running });

    private static void Do(PlaceSimulation web, int act, int amount, ref int release)
    {
        switch (act)
        {
            case 0:
                web.Want(PlaceSimulation.Wish(++release));
                break;
            case 1:
                web.Want(PlaceSimulation.Wish(release, amount));
                break;
            case 2:
                web.Pass(TimeSpan.FromSeconds(amount));
                break;
            case 3:
                web.Exit(web.Place.LastGeneration - (amount % 2));
                break;
            case 4:
                web.Lose(web.Place.LastGeneration - (amount % 2));
                break;
            case 5:
                web.ListensAtOnce = amount % 2 == 0;
                break;
            case 6:
                web.DrainsAtOnce = amount % 2 == 0;
                break;
            case 7:
                web.ObeysTermination = amount % 2 == 0;
                break;
            case 8:
                web.Listen();
                break;
            default:
                web.Want(amount % 3 == 0 ? null : PlaceSimulation.Wish(release));
                break;
        }
    }
}
