using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Drivers.Fake.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Releases;
using NeetoDeploy.Grains.Reconciling;
using NeetoDeploy.Grains.Releases;
using NeetoDeploy.Grains.Tests.Apps;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Releases;

public sealed class ReleaseLedgerGrainTests : ClusterTests
{
    [Fact]
    public async Task A_patch_of_several_config_vars_is_one_release_and_an_empty_one_is_none()
    {
        var ledger = Grains.Releases(await Grains.CreateAppAsync());
        var vars = (await ledger.UpdateConfigVarsAsync(Patch.Of("B", "2").Add("A", "line\nline"))).Value;
        Assert.Equal(["A", "B"], vars.Keys);
        await ledger.UpdateConfigVarsAsync(Patch.Of("A", "line\nline").Add("NOTHING", null));
        await ledger.UpdateConfigVarsAsync(Patch.Of("A", null));

        Assert.Equal(
            ["v1 Initial release", "v2 Enable Logplex", "v3 Set A, B config vars", "v4 Remove A config vars"],
            (await ledger.ListAsync()).Select(r => $"{r.Version} {r.Description}")
        );
        Assert.Equal(["A", "B"], (await ledger.GetConfigVarsAsync("v3"))!.Keys);
        Assert.Equal(["B"], (await ledger.GetConfigVarsAsync()).Keys);
    }

    [Fact]
    public async Task A_refused_patch_changes_nothing()
    {
        var ledger = Grains.Releases(await Grains.CreateAppAsync());
        Assert.Equal(ErrorCodes.ConfigVarInvalidName, (await ledger.UpdateConfigVarsAsync(Patch.Of("A", "1").Add("A B", "1"))).Error?.Code);
        Assert.Equal(ErrorCodes.ConfigVarInvalidValue, (await ledger.UpdateConfigVarsAsync(Patch.Of("A", "\0"))).Error?.Code);
        Assert.Equal(
            ErrorCodes.ConfigVarTooLarge,
            (await ledger.UpdateConfigVarsAsync(Patch.Of("A", new string('x', 70_000)))).Error?.Code
        );
        Assert.Equal(2, (await ledger.ListAsync()).Length);
        Assert.Empty(await ledger.GetConfigVarsAsync());
    }

    [Fact]
    public async Task No_secret_is_stored_in_the_clear()
    {
        var app = await Grains.CreateAppAsync();
        await Grains.Releases(app).UpdateConfigVarsAsync(Patch.Of("PASSWORD", "correct-horse"));
        Assert.DoesNotContain("correct-horse", Cluster.States.Find(ReleasesState.StateName, app.ToString()));
        await Cluster.ForgetAsync(Grains.Releases(app));
        Assert.Equal("correct-horse", (await Grains.Releases(app).GetConfigVarsAsync())["PASSWORD"]);
    }

    [Fact]
    public async Task A_release_is_found_by_version_id_and_as_the_current_one()
    {
        var ledger = Grains.Releases(await Grains.CreateAppAsync());
        var second = (await ledger.GetAsync("2"))!;
        Assert.Equal(second, await ledger.GetAsync("v2"));
        Assert.Equal(second, await ledger.GetAsync(second.Id.ToString()));
        Assert.Equal(second, await ledger.GetAsync("current"));
        Assert.Null(await ledger.GetAsync("v3"));
        Assert.Null(await ledger.GetAsync("; drop table"));
        Assert.Null(await ledger.GetRunnableAsync(null));
    }

    [Fact]
    public async Task A_rollback_brings_image_and_config_vars_back()
    {
        var app = await Grains.CreateAppAsync();
        var ledger = Grains.Releases(app);
        await ledger.UpdateConfigVarsAsync(Patch.Of("MODE", "old"));
        var first = await Cluster.DeployAsync(app, "first");
        await ledger.UpdateConfigVarsAsync(Patch.Of("MODE", "new"));
        await Cluster.DeployAsync(app, "second");

        Assert.Equal(ErrorCodes.ReleaseNotEligible, (await ledger.RollbackAsync("v3")).Error?.Code);
        Assert.Equal(ErrorCodes.ReleaseNotFound, (await ledger.RollbackAsync("v99")).Error?.Code);
        var back = (await ledger.RollbackAsync("v4")).Value;

        Assert.Equal(("Rollback to v4", 7, true), (back.Description, back.Version.Number, back.IsCurrent));
        var runnable = (await ledger.GetRunnableAsync(null))!;
        Assert.Equal(first.Artifact!.Image, runnable.Release.Slug!.Image);
        Assert.Equal("old", runnable.ConfigVars["MODE"]);
        Assert.Single(await ledger.ListAsync(), release => release.IsCurrent);
    }

    [Fact]
    public async Task A_release_phase_runs_before_the_release_becomes_current()
    {
        var app = await DeclareReleasePhaseAsync(FakePrograms.Exit(0, "migrated"));
        await Cluster.DeployAsync(app);
        var release = await StatusIsAsync(app, "v3", ReleaseStatus.Succeeded);
        Assert.True(release.IsCurrent);
        var chunk = await Grains.Output(release.Output!.Value).ReadAsync(0);
        Assert.Equal("migrated", System.Text.Encoding.UTF8.GetString(chunk.Bytes).Trim());
    }

    [Fact]
    public async Task A_failed_release_phase_burns_the_version_and_the_release_before_goes_on()
    {
        var app = await DeclareReleasePhaseAsync(FakePrograms.Exit(0));
        await Cluster.DeployAsync(app, "good");
        await StatusIsAsync(app, "v3", ReleaseStatus.Succeeded);
        Cluster.Engine.Run("release", FakePrograms.Exit(1, "no such table"));

        await Cluster.DeployAsync(app, "bad");
        var failed = await StatusIsAsync(app, "v4", ReleaseStatus.Failed);

        Assert.False(failed.IsEligibleForRollback);
        Assert.Equal("Deploy good", (await Grains.Releases(app).GetAsync("current"))!.Description);
        Assert.Equal(ErrorCodes.ReleaseNotEligible, (await Grains.Releases(app).RollbackAsync("v4")).Error?.Code);
    }

    [Fact]
    public async Task A_later_release_overtakes_one_whose_phase_still_runs_and_keeps_its_image()
    {
        var app = await DeclareReleasePhaseAsync(FakePrograms.RunUntilTerminated);
        await Cluster.DeployAsync(app);
        await Eventually.HoldsAsync("the release command runs", () => Cluster.Engine.Specs.Any(spec => spec.Key.Release.Number == 3), Tick);
        Cluster.Engine.Run("release", FakePrograms.Exit(0));

        await Grains.Releases(app).UpdateConfigVarsAsync(Patch.Of("A", "1"));

        await StatusIsAsync(app, "v3", ReleaseStatus.Expired);
        var current = await StatusIsAsync(app, "v4", ReleaseStatus.Succeeded);
        Assert.NotNull(current.Slug);
        await Eventually.HoldsAsync("the ledger's work is done", () => !Cluster.Work.Has(WorkKinds.Releases, $"{app}"), Tick);
    }

    [Fact]
    public async Task Cancelling_the_build_of_a_release_whose_phase_runs_stops_the_phase()
    {
        var app = await DeclareReleasePhaseAsync(FakePrograms.Exit(0));
        await Cluster.DeployAsync(app, "good");
        await StatusIsAsync(app, "v3", ReleaseStatus.Succeeded);
        Cluster.Engine.Run("release", FakePrograms.RunUntilTerminated);
        var build = await Cluster.DeployAsync(app, "slow");
        await Eventually.HoldsAsync("the release command runs", () => Cluster.Engine.Specs.Any(spec => spec.Key.Release.Number == 4), Tick);

        Assert.True((await Grains.Build(app, build.Id).CancelAsync("enough")).IsOk);

        var cancelled = await StatusIsAsync(app, "v4", ReleaseStatus.Failed);
        Assert.Equal("Deploy good", (await Grains.Releases(app).GetAsync("current"))!.Description);
        Assert.Contains(
            "Release command cancelled: enough",
            System.Text.Encoding.UTF8.GetString(Cluster.Outputs.Bytes(cancelled.Output!.Value))
        );
        await Eventually.HoldsAsync("the ledger's work is done", () => !Cluster.Work.Has(WorkKinds.Releases, $"{app}"), Tick);
        await Eventually.HoldsAsync(
            "the release command has gone",
            () => !Cluster.Engine.Specs.Any(spec => spec.Key.Release.Number == 4),
            Tick
        );
        Assert.Equal(ErrorCodes.BuildNotRunning, (await Grains.Build(app, build.Id).CancelAsync("again")).Error?.Code);
    }

    [Fact]
    public async Task A_release_phase_goes_on_after_a_crash_of_the_silo()
    {
        var app = await DeclareReleasePhaseAsync(FakePrograms.RunUntilTerminated);
        await Cluster.DeployAsync(app);
        await Eventually.HoldsAsync(
            "the release command runs",
            () => Cluster.Engine.Specs.Any(spec => spec.Key.Name.Type.ToString() == "release"),
            Tick
        );

        await Cluster.CrashAsync();
        Cluster.Engine.Crash(Cluster.Engine.Specs.Single(spec => spec.Key.Name.Type.ToString() == "release").Key, exitCode: 0);

        await StatusIsAsync(app, "v3", ReleaseStatus.Succeeded);
    }

    private async Task<AppId> DeclareReleasePhaseAsync(FakeProgram program)
    {
        Cluster.Engine.Run("release", program);
        Cluster.Builder.ProcessTypes = ImmutableSortedDictionary<string, string>
            .Empty.Add("web", "node server.js")
            .Add("release", "node migrate.js");
        return await Grains.CreateAppAsync();
    }

    private void Tick() => Cluster.Clock.Advance(TimeSpan.FromMilliseconds(250));

    private Task<ReleaseView> StatusIsAsync(AppId app, string version, ReleaseStatus status) =>
        Eventually.SeesAsync(
            $"{version} is {status}",
            async () => (await Grains.Releases(app).GetAsync(version))!,
            release => release?.Status == status,
            Tick
        )!;
}
