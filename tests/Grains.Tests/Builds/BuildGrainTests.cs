using System.Text;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Fake.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Reconciling;
using NeetoDeploy.Grains.Tests.Apps;
using NeetoDeploy.Grains.Tests.Cluster;
using NeetoDeploy.Grains.Tests.Releases;

namespace NeetoDeploy.Grains.Tests.Builds;

public sealed class BuildGrainTests : ClusterTests
{
    [Fact]
    public async Task A_build_becomes_a_release_and_everybody_can_read_how()
    {
        var app = await Grains.CreateAppAsync();
        var build = await Cluster.DeployAsync(app);

        Assert.Equal(Enum.GetValues<BuildPhase>(), build.Phases.Select(phase => phase.Phase));
        Assert.Equal(1, build.Attempt);
        var release = (await Grains.Releases(app).GetAsync("current"))!;
        Assert.Equal((build.Release, "Deploy 1a2b3c4d", 3), (release.Id, release.Description, release.Version.Number));
        Assert.Equal(build.Artifact!.Image, release.Slug!.Image);
        Assert.Equal("-----> Building on the fake stack\n-----> Done\n", await OutputAsync(build.Output));
        await Eventually.SeesAsync(
            "the log tells of it",
            () => Grains.ApiLinesAsync(app),
            lines =>
                lines.Contains("Build started by user platform@neetodeploy")
                && lines.Contains("Build succeeded")
                && lines.Contains("Release v3 created by user platform@neetodeploy")
                && lines.Contains("Deploy 1a2b3c4d by user platform@neetodeploy")
        );
        var lines = (await Grains.Logs(app).ReadNewestAsync(100, new LogFilter(LogEntry.Build, LogEntry.App))).Lines;
        Assert.Equal(["-----> Building on the fake stack", "-----> Done"], lines.Select(line => line.Entry.Text));
        await Eventually.HoldsAsync("the app shows its release", async () => (await Grains.App(app).GetAsync())!.SlugBytes == 1000);
        await SettlesAsync(app, build.Id);
    }

    [Fact]
    public async Task A_build_that_fails_says_why_and_releases_nothing()
    {
        Cluster.Builder.Program = FakeBuildPrograms.Fail(BuildPhase.Build, 51, "failed to compile Node.js app");
        var app = await Grains.CreateAppAsync();
        var id = await Grains.StartBuildAsync(app);
        var build = await Cluster.BuildIsAsync(app, id, BuildStatus.Failed);

        Assert.Equal(new BuildFailure(BuildPhase.Build, 51, "failed to compile Node.js app"), build.Failure);
        Assert.Equal("\n !     Build failed: failed to compile Node.js app\n", await OutputAsync(build.Output));
        Assert.Equal(2, (await Grains.Releases(app).ListAsync()).Length);
        await SettlesAsync(app, id);
    }

    [Fact]
    public async Task Builds_run_in_order_and_the_latest_takes_the_place_of_one_that_waits()
    {
        Cluster.Builder.Program = FakeBuildPrograms.Hang;
        var app = await Grains.CreateAppAsync();
        var first = await Grains.StartBuildAsync(app, "first");
        await Cluster.BuildIsAsync(app, first, BuildStatus.Running);
        var second = await Grains.StartBuildAsync(app, "second");
        Assert.Equal(BuildStatus.Queued, (await Grains.Build(app, second).GetAsync())!.Status);
        var told = (await Grains.Output(new OutputId(second.Value)).ReadAsync(0)).Bytes;
        Assert.StartsWith("-----> Waiting for the build of this app that runs", Encoding.UTF8.GetString(told), StringComparison.Ordinal);
        var third = await Grains.StartBuildAsync(app, "third");

        await Cluster.BuildIsAsync(app, second, BuildStatus.Cancelled);
        Cluster.Builder.Program = null;
        Assert.True((await Grains.Build(app, first).CancelAsync("enough")).IsOk);

        await Cluster.BuildIsAsync(app, first, BuildStatus.Cancelled);
        await Cluster.BuildIsAsync(app, third, BuildStatus.Succeeded);
        Assert.Equal(["first", "third"], Cluster.Builder.Jobs.Select(job => job.Source.Version));
        Assert.Equal("Deploy third", (await Grains.Releases(app).GetAsync("current"))!.Description);
        await SettlesAsync(app, third);
    }

    [Fact]
    public async Task A_cancelled_build_is_cleaned_up_after_and_cannot_be_cancelled_again()
    {
        Cluster.Builder.Program = FakeBuildPrograms.Hang;
        var app = await Grains.CreateAppAsync();
        var id = await Grains.StartBuildAsync(app);
        await Cluster.BuildIsAsync(app, id, BuildStatus.Running);

        Assert.True((await Grains.Build(app, id).CancelAsync("by user dev@example.com")).IsOk);

        var build = await Cluster.BuildIsAsync(app, id, BuildStatus.Cancelled);
        Assert.Contains(id, Cluster.Builder.CleanedUp);
        Assert.Empty(Cluster.Builder.Running);
        Assert.Contains("Build cancelled: by user dev@example.com", await OutputAsync(build.Output));
        Assert.Equal(ErrorCodes.BuildNotRunning, (await Grains.Build(app, id).CancelAsync("again")).Error?.Code);
        Assert.Equal(ErrorCodes.BuildNotFound, (await Grains.Build(app, new BuildId(Guid.NewGuid())).CancelAsync("x")).Error?.Code);
    }

    [Fact]
    public async Task Starting_a_build_again_starts_no_second_one()
    {
        var app = await Grains.CreateAppAsync();
        var command = AppSteps.Build();
        await Grains.App(app).StartBuildAsync(command);
        await Grains.App(app).StartBuildAsync(command);
        await Cluster.BuildIsAsync(app, command.Id, BuildStatus.Succeeded);
        await Grains.App(app).StartBuildAsync(command);
        await SettlesAsync(app, command.Id);
        Assert.Single(Cluster.Builder.Jobs);
        Assert.Equal(3, (await Grains.Releases(app).ListAsync()).Length);
    }

    [Fact]
    public async Task A_build_waits_for_its_stack_and_says_so()
    {
        Cluster.Builder.IsReady = false;
        var app = await Grains.CreateAppAsync();
        var id = await Grains.StartBuildAsync(app);
        await Eventually.HoldsAsync(
            "the wait is told",
            async () => (await Grains.Output(new OutputId(id.Value)).ReadAsync(0)).Bytes.Length > 0
        );
        Assert.Equal(BuildStatus.Queued, (await Grains.Build(app, id).GetAsync())!.Status);

        Cluster.Builder.IsReady = true;

        await Cluster.BuildIsAsync(app, id, BuildStatus.Succeeded, () => Cluster.Clock.Advance(TimeSpan.FromSeconds(1)));
        Assert.StartsWith("-----> Waiting for the stack neeto-12: it is still being prepared\n", await OutputAsync(new OutputId(id.Value)));
    }

    [Fact]
    public async Task A_lost_builder_is_replaced()
    {
        Cluster.Builder.Faults.FailNext(nameof(IBuildDriver.RunAsync));
        var app = await Grains.CreateAppAsync();
        var id = await Grains.StartBuildAsync(app);
        var build = await Cluster.BuildIsAsync(app, id, BuildStatus.Succeeded, () => Cluster.Clock.Advance(TimeSpan.FromSeconds(1)));
        Assert.Equal(2, build.Attempt);
        Assert.Contains(id, Cluster.Builder.CleanedUp);
        Assert.Equal(3, (await Grains.Releases(app).ListAsync()).Length);
    }

    [Fact]
    public async Task A_builder_that_is_lost_three_times_fails_the_build_with_the_reason()
    {
        Cluster.Builder.Faults.FailNext(nameof(IBuildDriver.RunAsync), count: 3);
        var app = await Grains.CreateAppAsync();
        var id = await Grains.StartBuildAsync(app);
        var build = await Cluster.BuildIsAsync(app, id, BuildStatus.Failed, () => Cluster.Clock.Advance(TimeSpan.FromSeconds(5)));
        Assert.Contains("interrupted 3 times", build.Failure!.Message);
        Assert.Equal(3, Cluster.Builder.Jobs.Count);
        await SettlesAsync(app, id);
    }

    [Fact]
    public async Task What_a_driver_refuses_for_good_is_not_tried_again()
    {
        Cluster.Builder.Faults.FailNext(nameof(IBuildDriver.RunAsync), DriverErrorKind.Invalid);
        var app = await Grains.CreateAppAsync();
        await Cluster.BuildIsAsync(app, await Grains.StartBuildAsync(app), BuildStatus.Failed);
        Assert.Single(Cluster.Builder.Jobs);
    }

    [Fact]
    public async Task A_crash_of_the_silo_begins_the_same_build_anew_and_it_ends_once()
    {
        Cluster.Builder.Program = FakeBuildPrograms.Hang;
        var app = await Grains.CreateAppAsync();
        var id = await Grains.StartBuildAsync(app);
        await Cluster.BuildIsAsync(app, id, BuildStatus.Running);
        Cluster.Builder.Program = null;

        await Cluster.CrashAsync();

        var build = await Cluster.BuildIsAsync(app, id, BuildStatus.Succeeded);
        Assert.Equal(2, build.Attempt);
        Assert.Contains(id, Cluster.Builder.CleanedUp);
        Assert.Equal(3, (await Grains.Releases(app).ListAsync()).Length);
        await SettlesAsync(app, id);
    }

    [Fact]
    public async Task A_build_sees_the_config_vars_and_the_image_before_it()
    {
        var app = await Grains.CreateAppAsync();
        await Grains.Releases(app).UpdateConfigVarsAsync(Patch.Of("NPM_TOKEN", "secret"));
        var first = await Cluster.DeployAsync(app, "first");
        await Cluster.DeployAsync(app, "second");
        var job = Cluster.Builder.Jobs.Last();
        Assert.Equal("secret", job.Environment["NPM_TOKEN"]);
        Assert.Equal(first.Artifact!.Image, job.PreviousImage);
    }

    private async Task<string> OutputAsync(OutputId output)
    {
        var text = new StringBuilder();
        for (long offset = 0; ; )
        {
            var chunk = await Eventually.SeesAsync(
                "the output goes on",
                () => Grains.Output(output).ReadAsync(offset),
                c => c.IsEnd || c.Bytes.Length > 0,
                () => Cluster.Clock.Advance(TimeSpan.FromSeconds(1))
            );
            text.Append(Encoding.UTF8.GetString(chunk.Bytes));
            offset += chunk.Bytes.Length;
            if (chunk.IsEnd)
                return text.ToString();
        }
    }

    private async Task SettlesAsync(Core.Apps.AppId app, BuildId build)
    {
        await Eventually.HoldsAsync("the build's work is done", () => !Cluster.Work.Has(WorkKinds.Build, $"{app}/{build}"));
        await Eventually.HoldsAsync("the app's work is done", () => !Cluster.Work.Has(WorkKinds.App, $"{app}"));
    }
}
