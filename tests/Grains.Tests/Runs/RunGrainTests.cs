using System.Collections.Immutable;
using System.Text;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Runs;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Fake.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Runs;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Runs;

public sealed class RunGrainTests : ClusterTests
{
    private readonly RunId run = new(Guid.NewGuid());
    private readonly RunRecorder recorder = new();
    private TestApp app = null!;

    private IRunGrain Run => Grains.Run(app.Id, run);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        app = await TestApp.ReleasedAsync(Cluster);
        await app.UpAsync(3, "web.1");
    }

    [Fact]
    public async Task A_detached_run_writes_into_the_log_and_ends_with_its_exit_code()
    {
        Cluster.Engine.RunCommandLines(FakePrograms.Exit(3, "migrating"));

        var started = (await Run.StartAsync(Command("rake db:migrate"))).Value;
        var ended = await EndedAsync();

        var name = started.Dyno.Name.ToString();
        Assert.Matches(@"^run\.[1-9][0-9]{3}$", name);
        Assert.Equal(3, ended.ExitCode);
        await app.LoggedAsync($"heroku[{name}]: Starting process with command `rake db:migrate` by user platform@neetodeploy");
        await app.LoggedAsync($"app[{name}]: migrating");
        await app.LoggedAsync($"heroku[{name}]: Process exited with status 3");
        await app.LoggedAsync($"heroku[{name}]: State changed from up to complete");
        await app.UpAsync(3, "web.1");
    }

    [Fact]
    public async Task Starting_it_again_changes_nothing()
    {
        Cluster.Engine.RunCommandLines(FakePrograms.RunUntilTerminated);
        var first = await Run.StartAsync(Command("sleep 9"));

        var second = await Run.StartAsync(Command("sleep 9"));

        Assert.Equal(first.Value.Dyno.Name, second.Value.Dyno.Name);
        await RunningAsync();
        Assert.Equal(2, app.Observed().Count);
        Assert.Equal(2, (await app.DynosAsync()).Length);
    }

    [Fact]
    public async Task Its_output_is_kept_as_a_stream_when_somebody_wants_it()
    {
        Cluster.Engine.RunCommandLines(FakePrograms.Exit(0, "one", "two"));
        var output = new OutputId(Guid.NewGuid());

        await Run.StartAsync(Command("release") with { Output = output });
        await EndedAsync();

        var chunk = await Grains.Output(output).ReadAsync(0);
        Assert.Equal("one\ntwo\n", Encoding.UTF8.GetString(chunk.Bytes));
        Assert.True(chunk.IsEnd);
    }

    [Fact]
    public async Task An_attached_run_carries_bytes_both_ways_and_tells_its_exit_code()
    {
        Cluster.Engine.RunCommandLines(FakePrograms.Echo);
        await Run.StartAsync(Command("cat") with { IsAttached = true });
        Assert.Single(app.Observed());

        Assert.True((await Run.AttachAsync(Grains.CreateObjectReference<IRunObserver>(recorder))).IsOk);
        await Run.WriteInputAsync("hello\n"u8.ToArray());
        await Eventually.SeesAsync("hello comes back", () => Task.FromResult(recorder.Output), output => output == "hello\n");
        await Run.WriteInputAsync([]);

        Assert.Equal(0, await EndedAsync(recorder));
        Assert.Equal(0, (await EndedAsync()).ExitCode);
        Assert.DoesNotContain(app.Log(), line => line.EndsWith("hello", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_terminal_is_told_its_new_size()
    {
        Cluster.Engine.RunCommandLines(async process =>
        {
            process.WriteLine((await process.Resizes.ReadAsync()).ToString());
            return 0;
        });
        await Run.StartAsync(Command("top") with { IsAttached = true, Terminal = (80, 24) });
        await Run.AttachAsync(Grains.CreateObjectReference<IRunObserver>(recorder));

        await Run.ResizeAsync(100_000, 45);

        Assert.Equal(0, await EndedAsync(recorder));
        Assert.Equal($"{new TerminalSize(9_999, 45)}\n", recorder.Output);
        await Run.ResizeAsync(80, 24);
    }

    [Fact]
    public async Task What_a_process_writes_at_once_arrives_at_once()
    {
        var marker = Encoding.UTF8.GetBytes("\uffff heroku-command-exit-status: 7\n");
        Cluster.Engine.RunCommandLines(process =>
        {
            process.Write(marker);
            return Task.FromResult(0);
        });
        await Run.StartAsync(Command("exit 7") with { IsAttached = true });

        await Run.AttachAsync(Grains.CreateObjectReference<IRunObserver>(recorder));
        await EndedAsync(recorder);

        Assert.Equal(marker, Assert.Single(recorder.Chunks));
    }

    [Fact]
    public async Task An_attached_run_that_nobody_attaches_to_ends_after_a_minute()
    {
        await Run.StartAsync(Command("bash") with { IsAttached = true });

        var ended = await EndedAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(RunReconciler.LostExitCode, ended.ExitCode);
        Assert.Equal(ErrorCodes.RunNotFound, (await Run.AttachAsync(Grains.CreateObjectReference<IRunObserver>(recorder))).Error?.Code);
        await app.UpAsync(3, "web.1");
    }

    [Fact]
    public async Task An_attached_run_whose_session_went_is_stopped()
    {
        Cluster.Engine.RunCommandLines(FakePrograms.RunUntilTerminated);
        await Run.StartAsync(Command("bash") with { IsAttached = true });
        await Run.AttachAsync(Grains.CreateObjectReference<IRunObserver>(recorder));

        await Run.DetachAsync();

        Assert.Equal(143, (await EndedAsync()).ExitCode);
    }

    [Fact]
    public async Task An_attached_run_is_stopped_when_the_silo_has_died()
    {
        Cluster.Engine.RunCommandLines(FakePrograms.RunUntilTerminated);
        await Run.StartAsync(Command("bash") with { IsAttached = true });
        await Run.AttachAsync(Grains.CreateObjectReference<IRunObserver>(recorder));

        await Cluster.CrashAsync();

        Assert.Equal(143, (await EndedAsync()).ExitCode);
        await app.UpAsync(3, ["web.1"], () => Pass());
    }

    [Fact]
    public async Task A_detached_run_goes_on_when_the_silo_has_died()
    {
        Cluster.Engine.RunCommandLines(FakePrograms.Say("working"));
        var output = new OutputId(Guid.NewGuid());
        await Run.StartAsync(Command("work") with { Output = output });
        var name = (await RunningAsync()).Dyno.Name.ToString();
        await app.LoggedAsync($"app[{name}]: working");

        await Cluster.CrashAsync();
        Cluster.Engine.Write(app.Newest(name), "done");
        Cluster.Engine.Crash(app.Newest(name), 0);

        Assert.Equal(0, (await EndedAsync()).ExitCode);
        Assert.Equal("working\ndone\n", Encoding.UTF8.GetString(Cluster.Outputs.Bytes(output)));
        Assert.Equal(
            [$"app[{name}]: working", $"app[{name}]: done"],
            app.Log().Where(line => line.StartsWith($"app[{name}]", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Stopping_it_by_its_name_ends_it_for_good()
    {
        Cluster.Engine.RunCommandLines(FakePrograms.RunUntilTerminated);
        await Run.StartAsync(Command("sleep 9"));
        var name = (await RunningAsync()).Dyno.Name.ToString();

        Assert.True((await app.Formation.StopAsync(name)).IsOk);

        Assert.Equal(143, (await EndedAsync()).ExitCode);
        await app.UpAsync(3, "web.1");
    }

    [Theory]
    [InlineData("", ErrorCodes.RunInvalidCommand)]
    [InlineData("a\0b", ErrorCodes.RunInvalidCommand)]
    public async Task A_command_that_cannot_be_run_is_refused(string command, string code) =>
        Assert.Equal(code, (await Run.StartAsync(Command(command))).Error?.Code);

    [Fact]
    public async Task Nothing_runs_before_the_first_build()
    {
        var blank = await TestApp.CreateAsync(Cluster);

        Assert.Equal(ErrorCodes.ReleaseNoImage, (await Grains.Run(blank.Id, run).StartAsync(Command("bash"))).Error?.Code);
    }

    private StartRun Command(string line) =>
        new("run", line, ImmutableSortedDictionary<string, string>.Empty, null, null, null, null, false, app.Owner);

    private Task<RunView> RunningAsync() =>
        Eventually.SeesAsync(
            "the run is running",
            async () => (await Run.GetAsync())!,
            view => view.Dyno.Status == Core.Dynos.DynoStatus.Up,
            () => Pass()
        );

    private Task<RunView> EndedAsync(TimeSpan? step = null) =>
        Eventually.SeesAsync("the run has ended", async () => (await Run.GetAsync())!, view => view.HasEnded, () => Pass(step));

    private async Task<int> EndedAsync(RunRecorder session)
    {
        await Eventually.HoldsAsync("the session is told of the end", () => session.Ended.IsCompleted, () => Pass());
        return await session.Ended;
    }

    private void Pass(TimeSpan? step = null) => Cluster.Clock.Advance(step ?? TimeSpan.FromMilliseconds(200));
}
