using System.Collections.Immutable;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Abstractions.Images;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Driver;

public sealed class LocalBuildDriverTests : IAsyncLifetime
{
    private readonly FakeImageStore store = new(TimeProvider.System);
    private BuilderFixture builder = null!;

    public async ValueTask InitializeAsync() =>
        builder = await BuilderFixture.StartAsync(
            store,
            o =>
                o with
                {
                    LargestOutputBytes = 1024 * 1024,
                    BuildEnvironment = ImmutableSortedDictionary<string, string>
                        .Empty.Add("NPM_CONFIG_REGISTRY", "http://npm.internal/")
                        .Add("MINE", "operator"),
                }
        );

    public ValueTask DisposeAsync()
    {
        builder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_sandbox_gets_the_app_its_layers_and_its_config_vars_and_nothing_of_ours()
    {
        var seen = new Dictionary<string, string>();
        builder.Sandboxes.Script = Scripts.NodeAnd(s =>
        {
            foreach (var file in Directory.GetFiles(s["/platform/env"]))
                seen[Path.GetFileName(file)] = File.ReadAllText(file);
            seen["app"] = File.ReadAllText(s["/app/server.js"]);
            seen["analyzed"] = File.ReadAllText(s["/layers/analyzed.toml"]);
        });
        var job = builder.Job(Archives.File("server.js", "1"), Archives.File("p", ""));
        await builder.BuildAsync(
            job with
            {
                Environment = ImmutableSortedDictionary<string, string>
                    .Empty.Add("SECRET", "multi\nline")
                    .Add("MINE", "the app's")
                    .Add("../escape", "x"),
            }
        );
        Assert.Equal("multi\nline", seen["SECRET"]);
        Assert.Equal("the app's", seen["MINE"]);
        Assert.Equal("http://npm.internal/", seen["NPM_CONFIG_REGISTRY"]);
        Assert.Equal("abc123", seen["SOURCE_VERSION"]);
        Assert.Equal("1", seen["app"]);
        Assert.Contains("stacks/neeto-12@sha256:", seen["analyzed"]);
        var sandbox = Assert.Single(builder.Sandboxes.Started);
        Assert.Equal($"{job.Id}.1", sandbox.Spec.Build);
        Assert.Equal(
            ["/app rw", "/layers rw", "/platform ro", "/buildpacks ro", "/cache rw", "/tmp rw", "/var/tmp rw", "/downloads ro", "/cnb ro"],
            sandbox.Spec.Mounts.Select(m => $"{m.Path} {(m.ReadOnly ? "ro" : "rw")}")
        );
        Assert.Equal(
            "/cnb/lifecycle/lifecycle creator -app /app -layers /layers -platform /platform -phases /layers/phases.json -detect-timeout 60 -buildpacks /buildpacks:/cnb/buildpacks -order /cnb/order.toml -system /layers/system.toml",
            string.Join(' ', sandbox.Command)
        );
        Assert.Equal("/cache/home", sandbox.Environment["HOME"]);
        Assert.DoesNotContain("SECRET", sandbox.Environment.Keys);
        builder.AssertNothingLeft();
    }

    [Fact]
    public async Task The_lifecycle_may_write_all_it_has_to()
    {
        var inTheWay = new List<string>();
        builder.Sandboxes.Script = async (s, cancel) =>
        {
            // They would be the builder's, and the lifecycle is another user.
            inTheWay.AddRange(new[] { "phases.json", "group.toml", "plan.toml", "config" }.Where(f => Path.Exists(s[$"/layers/{f}"])));
            return await Scripts.Node()(s, cancel);
        };
        await builder.BuildAsync(Archives.File("server.js", "1"));
        Assert.Empty(inTheWay);
    }

    [Fact]
    public async Task Durations_of_the_last_build_are_not_this_ones()
    {
        await builder.BuildAsync(Archives.File("server.js", "1"));
        builder.Sandboxes.Script = Scripts.Exit(20);
        await builder.FailAsync(builder.Job(Archives.File("server.js", "1")));
        Assert.Equal([BuildPhase.Prepare, BuildPhase.Analyze], builder.Output.Phases.Select(p => p.Phase));
    }

    [Fact]
    public async Task Phases_are_reported_in_order_and_summed_up_at_the_end()
    {
        var artifact = await builder.BuildAsync(Archives.File("server.js", "1"));
        Assert.Equal(
            [
                BuildPhase.Prepare,
                BuildPhase.Analyze,
                BuildPhase.Detect,
                BuildPhase.Restore,
                BuildPhase.Build,
                BuildPhase.Export,
                BuildPhase.Pull,
            ],
            builder.Output.Phases.Select(p => p.Phase)
        );
        Assert.Equal(TimeSpan.FromMilliseconds(120), builder.Output.Phases.Single(p => p.Phase is BuildPhase.Build).Duration);
        Assert.StartsWith("-----> Node.js app detected\n", builder.Output.Text);
        Assert.Contains("build 0.12 s", builder.Output.Text);
        Assert.Equal([artifact.Image], builder.Dynos.Pulled);
    }

    [Theory]
    [InlineData(20, BuildPhase.Detect, "no default language could be detected for this app")]
    [InlineData(21, BuildPhase.Detect, "a buildpack failed to look at this app")]
    [InlineData(42, BuildPhase.Restore, "purge it (builds:cache:purge) and build again")]
    [InlineData(12, BuildPhase.Detect, "use another version of it")]
    [InlineData(22, BuildPhase.Detect, "one of them is missing, or its files are broken")]
    [InlineData(29, BuildPhase.Detect, "the bin/detect of a buildpack did not end in time")]
    [InlineData(32, BuildPhase.Analyze, "build again")]
    [InlineData(51, BuildPhase.Build, "failed to compile Node.js app")]
    [InlineData(52, BuildPhase.Build, "left files that cannot be used")]
    [InlineData(62, BuildPhase.Export, "could not be exported")]
    [InlineData(137, BuildPhase.Build, "memory")]
    [InlineData(1, BuildPhase.Build, "exit code 1")]
    public async Task A_failure_names_its_phase(int exitCode, BuildPhase phase, string message)
    {
        builder.Sandboxes.Script = Scripts.Exit(exitCode);
        var failure = await builder.FailAsync(builder.Job(Archives.File("server.js", "1")));
        Assert.Equal((phase, exitCode), (failure.Phase, failure.ExitCode));
        Assert.Contains(message, failure.Message);
        builder.AssertNothingLeft();
    }

    [Fact]
    public async Task A_bad_source_fails_in_the_first_phase_without_a_sandbox()
    {
        var failure = await builder.FailAsync(builder.Job(Archives.File("../evil", "1")));
        Assert.Equal(BuildPhase.Prepare, failure.Phase);
        Assert.Contains("evil", failure.Message);
        Assert.Empty(builder.Sandboxes.Started);
        builder.AssertNothingLeft();
    }

    [Fact]
    public async Task Output_beyond_the_limit_is_dropped_and_counted()
    {
        var megabyte = new string('x', 1024 * 1024);
        builder.Sandboxes.Script = async (sandbox, cancel) =>
        {
            for (var i = 0; i < 20; i++)
                await sandbox.SayAsync(megabyte);
            return await Scripts.Node()(sandbox, cancel);
        };
        await builder.BuildAsync(Archives.File("server.js", "1"));
        Assert.InRange(builder.Output.Length, 1024 * 1024, (1024 * 1024) + 4096);
        Assert.Contains("More than 1 MB of output", builder.Output.Text);
        Assert.Contains("19.0 MB of output were not shown", builder.Output.Text);
    }

    [Fact]
    public async Task A_build_that_takes_too_long_fails_and_its_sandbox_is_gone()
    {
        builder.Sandboxes.Script = async (_, cancel) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            return 0;
        };
        var failure = await builder.FailAsync(
            builder.Job(Archives.File("server.js", "1")) with
            {
                Timeout = TimeSpan.FromMilliseconds(500),
            }
        );
        Assert.Contains("took longer than", failure.Message);
        builder.AssertNothingLeft();
    }

    [Theory]
    [InlineData("sandbox")]
    [InlineData(nameof(IImageStore.GetManifestAsync))]
    [InlineData(nameof(IImageStore.PutBlobAsync))]
    [InlineData(nameof(IImageStore.PutManifestAsync))]
    [InlineData(nameof(IDynoDriver.PullAsync))]
    public async Task Cancelling_leaves_nothing(string where)
    {
        using var cancel = new CancellationTokenSource();
        var reached = where switch
        {
            "sandbox" => HoldSandbox(),
            nameof(IDynoDriver.PullAsync) => builder.Dynos.Faults.Hold(where).Entered,
            _ => store.Faults.Hold(where).Entered,
        };
        var run = builder.RunAsync(builder.Job(Archives.File("server.js", "1")), cancel.Token);
        await reached.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        builder.AssertNothingLeft();
    }

    [Fact]
    public async Task A_registry_that_is_down_is_a_lost_builder_and_the_next_attempt_succeeds()
    {
        store.Faults.FailNext(nameof(IImageStore.PutBlobAsync));
        var job = builder.Job(Archives.File("server.js", "1"));
        var error = await Assert.ThrowsAsync<DriverException>(() => builder.RunAsync(job));
        Assert.True(error.IsTransient);
        builder.AssertNothingLeft();
        await builder.BuildAsync(job with { Attempt = 2 });
    }

    [Fact]
    public async Task An_engine_that_cannot_pull_yet_does_not_fail_the_build()
    {
        builder.Dynos.Faults.FailNext(nameof(IDynoDriver.PullAsync));
        await builder.BuildAsync(Archives.File("server.js", "1"));
        Assert.Contains("could not fetch the image yet", builder.Output.Text);
    }

    [Fact]
    public async Task A_stack_that_is_not_ready_is_no_failure_of_the_build()
    {
        builder.Stacks.IsReady = false;
        Assert.False(await builder.Driver.IsReadyAsync("neeto-12", TestContext.Current.CancellationToken));
        var error = await Assert.ThrowsAsync<DriverException>(() => builder.RunAsync(builder.Job(Archives.File("server.js", "1"))));
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task For_a_stack_that_somebody_has_to_see_to_nobody_waits()
    {
        builder.Stacks.IsReady = false;
        builder.Stacks.Reason = new DriverException(DriverErrorKind.Invalid, "stack.not_prepared", "no such image");
        var error = await Assert.ThrowsAsync<DriverException>(() =>
            builder.Driver.IsReadyAsync("heroku-24", TestContext.Current.CancellationToken)
        );
        Assert.Equal(builder.Stacks.Reason, error);
    }

    [Fact]
    public async Task Builds_of_one_app_take_turns()
    {
        var first = HoldSandbox(out var release);
        var one = builder.RunAsync(builder.Job(Archives.File("server.js", "1")));
        await first.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var two = builder.RunAsync(builder.Job(Archives.File("server.js", "2")));
        Assert.Single(builder.Sandboxes.Started);
        release.SetResult();
        Assert.IsType<NeetoDeploy.Drivers.Abstractions.Builds.BuildOutcome.Succeeded>(await one);
        Assert.IsType<NeetoDeploy.Drivers.Abstractions.Builds.BuildOutcome.Succeeded>(await two);
        Assert.Equal("2", File.ReadAllText(Path.Combine(builder.AppFolder, "app/server.js")));
    }

    [Theory]
    [InlineData("heroku/nodejs", "heroku/nodejs")]
    [InlineData("neeto/nodejs", "neeto/nodejs")]
    [InlineData("urn:buildpack:heroku/nodejs", "heroku/nodejs")]
    [InlineData("https://github.com/heroku/heroku-buildpack-nodejs.git", "https://github.com/heroku/heroku-buildpack-nodejs.git")]
    public async Task Named_buildpacks_become_the_order(string buildpack, string source)
    {
        var order = "";
        builder.Sandboxes.Script = Scripts.NodeAnd(s => order = File.ReadAllText(s["/layers/order.toml"]));
        await builder.BuildAsync(builder.Job(Archives.File("server.js", "1")) with { Buildpacks = [new BuildpackRef(buildpack)] });
        Assert.Equal("/layers/order.toml", builder.Sandboxes.Started.Single().Command[^3]);
        Assert.Equal(
            $"[[order]]\n[[order.group]]\nid = \"neeto/nodejs\"\nversion = \"1.0.0\"\nsource = \"{source}\"\n\n[[order.group]]\nid = \"neeto/procfile\"\nversion = \"1.0.0\"\noptional = true\n",
            order
        );
    }

    [Theory]
    [InlineData("nodejs")]
    [InlineData("../../etc")]
    [InlineData("https://example.com/x\"\ninjected = 1")]
    public async Task What_names_no_buildpack_is_refused(string buildpack)
    {
        var failure = await builder.FailAsync(
            builder.Job(Archives.File("server.js", "1")) with
            {
                Buildpacks = [new BuildpackRef(buildpack)],
            }
        );
        Assert.Equal(BuildPhase.Detect, failure.Phase);
        Assert.Contains("is no buildpack", failure.Message);
    }

    [Theory]
    [InlineData("[]", BuildPhase.Detect)]
    [InlineData("""[{"phase":"detect","milliseconds":0},{"phase":"restore","milliseconds":0}]""", BuildPhase.Build)]
    public async Task The_phase_in_which_the_lifecycle_was_killed_has_the_time_that_the_others_leave(string told, BuildPhase phase)
    {
        builder.Sandboxes.Script = async (sandbox, cancel) =>
        {
            sandbox.Write("/layers/phases.json", told);
            return await Scripts.Exit(137)(sandbox, cancel);
        };
        await builder.FailAsync(builder.Job(Archives.File("server.js", "1")));
        var last = builder.Output.Phases.Last();
        Assert.Equal(phase, last.Phase);
        Assert.True(last.Duration > TimeSpan.Zero);
    }

    [Theory, InlineData(134), InlineData(137)]
    public async Task A_lifecycle_that_was_killed_names_the_buildpacks_that_it_waited_for(int exitCode)
    {
        builder.Sandboxes.Script = async (sandbox, cancel) =>
        {
            sandbox.Write("/layers/asked-buildpacks", "shop/bomb 1.0.0, neeto/go 1.0.0");
            return await Scripts.Exit(exitCode)(sandbox, cancel);
        };
        var failure = await builder.FailAsync(builder.Job(Archives.File("server.js", "1")));
        Assert.Equal((BuildPhase.Detect, exitCode), (failure.Phase, failure.ExitCode));
        Assert.Contains("for the bin/detect of shop/bomb 1.0.0, neeto/go 1.0.0, which", failure.Message, StringComparison.Ordinal);
        builder.Sandboxes.Script = Scripts.Exit(exitCode);
        var next = await builder.FailAsync(builder.Job(Archives.File("server.js", "1")));
        Assert.DoesNotContain("bomb", next.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, BuildPhase.Detect, "app not compatible with buildpack: Ruby")]
    [InlineData(21, BuildPhase.Detect, "app not compatible with buildpack: Ruby")]
    [InlineData(51, BuildPhase.Build, "failed to compile Ruby app")]
    public async Task The_buildpack_that_the_lifecycle_names_is_the_failure_s(int exitCode, BuildPhase phase, string message)
    {
        builder.Sandboxes.Script = async (sandbox, cancel) =>
        {
            sandbox.Write("/layers/failed-buildpack", "Ruby");
            return await Scripts.Exit(exitCode)(sandbox, cancel);
        };
        var failure = await builder.FailAsync(builder.Job(Archives.File("server.js", "1")));
        Assert.Equal((phase, message), (failure.Phase, failure.Message));
        builder.Sandboxes.Script = Scripts.Exit(exitCode);
        Assert.DoesNotContain(
            "Ruby",
            (await builder.FailAsync(builder.Job(Archives.File("server.js", "1")))).Message,
            StringComparison.Ordinal
        );
    }

    private Task HoldSandbox() => HoldSandbox(out _);

    private Task HoldSandbox(out TaskCompletionSource release)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        builder.Sandboxes.Script = async (sandbox, cancel) =>
        {
            entered.TrySetResult();
            await released.Task.WaitAsync(cancel);
            return await Scripts.Node()(sandbox, cancel);
        };
        return entered.Task;
    }
}
