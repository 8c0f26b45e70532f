using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Formations;

namespace NeetoDeploy.Core.Tests.Dynos;

public sealed class DynoReconcilerTests
{
    private readonly PlaceSimulation web = new(ProcessType.Web);

    [Fact]
    public void A_web_dyno_is_starting_until_it_listens()
    {
        web.ListensAtOnce = false;
        web.Want(PlaceSimulation.Wish(1));
        Assert.Equal(DynoStatus.Starting, web.Place.Status);
        Assert.Empty(web.Place.Up);

        web.Listen();

        Assert.Equal(DynoStatus.Up, web.Place.Status);
        Assert.True(web.Place.IsSettled);
        Assert.Equal(["State changed from starting to up"], web.Lines);
    }

    [Fact]
    public void A_worker_is_up_as_soon_as_it_runs()
    {
        var worker = new PlaceSimulation(ProcessType.Parse("worker")) { ListensAtOnce = false };

        worker.Want(PlaceSimulation.Wish(1));

        Assert.Equal(DynoStatus.Up, worker.Place.Status);
    }

    [Fact]
    public void The_old_dyno_drains_only_when_the_new_one_is_up()
    {
        web.Want(PlaceSimulation.Wish(1));
        web.ListensAtOnce = false;

        web.Want(PlaceSimulation.Wish(2));
        Assert.Equal([IncarnationStage.Up, IncarnationStage.Starting], web.Place.Incarnations.Select(i => i.Stage));

        web.Listen();
        var only = Assert.Single(web.Place.Incarnations);
        Assert.Equal(2, only.Wish.Release.Number);
        Assert.Equal(
            [
                "State changed from starting to up",
                "Restarting",
                "State changed from up to starting",
                "State changed from starting to up",
                "Stopping all processes with SIGTERM",
                "Process exited with status 143",
            ],
            web.Lines
        );
    }

    [Fact]
    public void A_dyno_with_requests_in_flight_is_told_to_stop_after_30_seconds_at_the_latest()
    {
        web.DrainsAtOnce = false;
        web.Want(PlaceSimulation.Wish(1));
        web.Want(PlaceSimulation.Wish(2));

        web.Pass(TimeSpan.FromSeconds(29));
        Assert.Equal(IncarnationStage.Draining, web.Place.Incarnations[0].Stage);

        web.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Assert.Single(web.Place.Incarnations).Generation);
    }

    [Fact]
    public void A_web_dyno_that_does_not_listen_within_60_seconds_is_killed_with_R10()
    {
        web.ListensAtOnce = false;
        web.Want(PlaceSimulation.Wish(1));

        web.Pass(TimeSpan.FromSeconds(59));
        Assert.Equal(DynoStatus.Starting, web.Place.Status);
        Assert.Equal(TimeSpan.FromSeconds(1), web.Last!.LookAgainIn);

        web.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(1, web.Place.Crashes);
        Assert.Equal(
            [
                "Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch",
                "Stopping process with SIGKILL",
                "State changed from starting to crashed",
                "Process exited with status 137",
                "State changed from crashed to starting",
            ],
            web.Lines.Where(line => line != "State changed from crashed to starting").Append("State changed from crashed to starting")
        );
    }

    [Fact]
    public void Pauses_grow_while_a_dyno_crashes_in_a_row()
    {
        web.Want(PlaceSimulation.Wish(1));
        var pauses = new List<double>();
        for (var crash = 0; crash < 7; crash++)
        {
            web.Exit(web.Place.LastGeneration, 0);
            var pause = (web.Place.RestartAt ?? web.Now) - web.Now;
            pauses.Add(pause.TotalSeconds);
            Assert.Equal(pause > TimeSpan.Zero ? DynoStatus.Crashed : DynoStatus.Up, web.Place.Status);
            web.Pass(pause);
        }

        Assert.Equal([0, 1, 10, 60, 300, 600, 600], pauses);
    }

    [Fact]
    public void A_dyno_that_was_up_for_a_while_is_started_again_at_once()
    {
        web.Want(PlaceSimulation.Wish(1));
        for (var crash = 0; crash < 3; crash++)
        {
            web.Exit(web.Place.LastGeneration);
            web.Pass(TimeSpan.FromMinutes(1));
        }

        web.Pass(DynoTimings.Forgiven);
        web.Exit(web.Place.LastGeneration);

        Assert.Equal(1, web.Place.Crashes);
        Assert.Equal(DynoStatus.Up, web.Place.Status);
    }

    [Fact]
    public void A_release_that_crashes_leaves_the_old_dyno_serving()
    {
        web.Want(PlaceSimulation.Wish(1));
        web.ListensAtOnce = false;
        web.Want(PlaceSimulation.Wish(2));
        for (var crash = 0; crash < 4; crash++)
        {
            web.Exit(web.Place.LastGeneration);
            web.Pass(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, Assert.Single(web.Place.Up).Wish.Release.Number);
    }

    [Fact]
    public void A_lost_dyno_is_started_again_at_once()
    {
        web.Want(PlaceSimulation.Wish(1));

        web.Lose(1);

        Assert.Equal(2, Assert.Single(web.Place.Incarnations).Generation);
        Assert.Equal(0, web.Place.Crashes);
        Assert.Contains(DynoLines.Lost, web.Lines);
    }

    [Fact]
    public void A_process_that_ignores_SIGTERM_is_killed_after_30_seconds_with_R12()
    {
        web.ObeysTermination = false;
        web.Want(PlaceSimulation.Wish(1));
        web.Want(null);
        Assert.Equal(IncarnationStage.Stopping, Assert.Single(web.Place.Incarnations).Stage);
        Assert.Single(web.Steps.OfType<DynoStep.Stop>());

        web.Pass(TimeSpan.FromSeconds(30));

        Assert.True(web.Place.IsGone);
        Assert.Contains("Error R12 (Exit timeout) -> At least one process failed to exit within 30 seconds of SIGTERM", web.Lines);
        Assert.Empty(web.Engine);
    }

    [Fact]
    public void A_start_that_the_engine_refuses_counts_as_a_crash_and_says_why()
    {
        web.ListensAtOnce = false;
        web.Want(PlaceSimulation.Wish(1));
        web.Want(PlaceSimulation.Wish(2));

        web.FailToStart("There is no image.");

        Assert.Equal(1, web.Place.Crashes);
        Assert.Contains("Error R99 (Platform error) -> The dyno cannot be started: There is no image.", web.Lines);
    }

    [Fact]
    public void A_newer_wish_overtakes_one_that_is_still_starting()
    {
        web.Want(PlaceSimulation.Wish(1));
        web.ListensAtOnce = false;
        web.Want(PlaceSimulation.Wish(2));

        web.Want(PlaceSimulation.Wish(3));

        Assert.Equal([1, 3], web.Place.Incarnations.Select(i => i.Wish.Release.Number));
        web.Listen();
        Assert.True(web.Place.IsSettled);
    }

    [Fact]
    public void An_exited_dyno_stays_until_its_output_is_read()
    {
        var place = DynoPlace.Empty.Want(PlaceSimulation.Wish(1));
        place = DynoReconciler.Decide(ProcessType.Web, place, new Dictionary<int, IncarnationSighting>(), web.Now).Place;
        var exited = new IncarnationSighting(SightedPhase.Exited, ExitCode: 1);

        var unread = DynoReconciler.Decide(ProcessType.Web, place, new Dictionary<int, IncarnationSighting> { [1] = exited }, web.Now);
        var read = DynoReconciler.Decide(
            ProcessType.Web,
            unread.Place,
            new Dictionary<int, IncarnationSighting> { [1] = exited with { IsOutputRead = true } },
            web.Now
        );

        Assert.DoesNotContain(unread.Steps, step => step is DynoStep.Remove);
        Assert.Contains(read.Steps, step => step is DynoStep.Remove { Generation: 1 });
    }
}
