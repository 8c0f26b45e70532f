using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Drivers.Fake.Builds;
using NeetoDeploy.Drivers.Fake.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Tests.Apps;
using NeetoDeploy.Grains.Tests.Cluster;
using NeetoDeploy.Grains.Tests.Releases;

namespace NeetoDeploy.Grains.Tests.Builds;

/// <summary>From the wish for another run image to a release.</summary>
public sealed class RebaseTests : ClusterTests
{
    [Fact]
    public async Task A_rebase_is_a_release_of_the_same_code_on_the_new_run_image_and_can_be_rolled_back()
    {
        var app = await Grains.CreateAppAsync();
        var deployed = await Cluster.DeployAsync(app);
        var before = (await Grains.Releases(app).GetAsync("v3"))!.Slug!;
        NewRunImage();
        // Whatever a build would find now.
        Cluster.Builder.ProcessTypes = ImmutableSortedDictionary<string, string>.Empty.Add("web", "another");
        await Grains.Releases(app).UpdateConfigVarsAsync(Patch.Of("A", "1"));

        var build = await RebaseAsync(app);

        Assert.Equal(deployed.Artifact!.Image, Cluster.Builder.Jobs.Last().PreviousImage);
        var release = (await Grains.Releases(app).GetAsync("current"))!;
        Assert.Equal((5, build.Release), (release.Version.Number, release.Id));
        Assert.Equal($"Rebase onto neeto-12 ({Cluster.Builder.RunImage.Digest.Hex[..12]})", release.Description);
        Assert.Equal((build.Artifact!.Image, build.Id), (release.Slug!.Image, release.Slug.Build));
        Assert.NotEqual(before.Image, release.Slug.Image);
        Assert.Equal(
            (before.Commit, before.BuildpackDescription, before.SizeBytes, before.Stack),
            (release.Slug.Commit, release.Slug.BuildpackDescription, release.Slug.SizeBytes, release.Slug.Stack)
        );
        Assert.Equal(before.ProcessTypes, release.Slug.ProcessTypes);
        Assert.Equal("1", (await Grains.Releases(app).GetConfigVarsAsync())["A"]);

        Assert.True((await Grains.Releases(app).RollbackAsync("v3")).IsOk);
        Assert.Equal(before.Image, (await Grains.Releases(app).GetAsync("current"))!.Slug!.Image);
    }

    [Fact]
    public async Task An_image_that_stands_on_the_run_image_already_is_not_released_again()
    {
        var app = await Grains.CreateAppAsync();
        await Cluster.DeployAsync(app);
        var current = (await Grains.Releases(app).GetAsync("current"))!;

        var build = await RebaseAsync(app);

        Assert.True(build.Artifact!.IsNothingNew());
        Assert.Equal(current.Id, build.Release);
        Assert.Equal(current.Version, (await Grains.Releases(app).ListAsync())[^1].Version);
    }

    [Fact]
    public async Task The_release_phase_runs_on_the_new_run_image()
    {
        Cluster.Engine.Run("release", FakePrograms.Exit(0));
        Cluster.Builder.ProcessTypes = Cluster.Builder.ProcessTypes.Add("release", "node migrate.js");
        var app = await Grains.CreateAppAsync();
        await Cluster.DeployAsync(app);
        await StatusIsAsync(app, "v3", ReleaseStatus.Succeeded);
        NewRunImage();
        Cluster.Engine.Run("release", FakePrograms.Exit(1, "no libssl.so.1.1"));

        await RebaseAsync(app);

        await StatusIsAsync(app, "v4", ReleaseStatus.Failed);
        Assert.Equal(3, (await Grains.Releases(app).GetAsync("current"))!.Version.Number);
    }

    [Fact]
    public async Task Code_whose_release_phase_still_runs_is_what_is_rebased()
    {
        var app = await Grains.CreateAppAsync();
        await Cluster.DeployAsync(app, "old");
        Cluster.Engine.Run("release", FakePrograms.RunUntilTerminated);
        Cluster.Builder.ProcessTypes = Cluster.Builder.ProcessTypes.Add("release", "node migrate.js");
        var newer = await Cluster.DeployAsync(app, "newer");
        await Eventually.HoldsAsync("the release command runs", () => Cluster.Engine.Specs.Any(spec => spec.Key.Release.Number == 4), Pass);
        NewRunImage();
        Cluster.Engine.Run("release", FakePrograms.Exit(0));

        await RebaseAsync(app);

        Assert.Equal(newer.Artifact!.Image, Cluster.Builder.Jobs.Last().PreviousImage);
        await StatusIsAsync(app, "v4", ReleaseStatus.Expired);
        await StatusIsAsync(app, "v5", ReleaseStatus.Succeeded);
        Assert.Equal("newer", (await Grains.Releases(app).GetAsync("current"))!.Slug!.Commit);
    }

    [Fact]
    public async Task A_rollback_during_a_rebase_is_not_undone_by_it()
    {
        var app = await Grains.CreateAppAsync();
        var first = await Cluster.DeployAsync(app, "first");
        await Cluster.DeployAsync(app, "second");
        NewRunImage();
        Cluster.Builder.Program = async (job, output, cancel) =>
        {
            Cluster.Builder.Program = null;
            Assert.True((await Grains.Releases(app).RollbackAsync("v3")).IsOk);
            return await Cluster.Builder.SucceedAsync(job, output, cancel);
        };

        var build = await RebaseAsync(app);

        Assert.Equal((2, first.Artifact!.Image), (build.Attempt, Cluster.Builder.Jobs.Last().PreviousImage));
        Assert.Equal(
            ["Rollback to v3", $"Rebase onto neeto-12 ({Cluster.Builder.RunImage.Digest.Hex[..12]})"],
            (await Grains.Releases(app).ListAsync())[^2..].Select(release => release.Description)
        );
        Assert.Equal("first", (await Grains.Releases(app).GetAsync("current"))!.Slug!.Commit);
    }

    [Fact]
    public async Task A_rebase_takes_nobody_s_place_and_gives_up_its_own()
    {
        Cluster.Builder.Program = FakeBuildPrograms.Hang;
        var app = await Grains.CreateAppAsync();
        var first = await Grains.StartBuildAsync(app, "first");
        await Cluster.BuildIsAsync(app, first, BuildStatus.Running);
        var rebase = Rebase();
        Assert.True((await Grains.App(app).StartBuildAsync(rebase)).IsOk);

        var second = await Grains.StartBuildAsync(app, "second");

        await Cluster.BuildIsAsync(app, rebase.Id, BuildStatus.Cancelled);
        Assert.Equal(ErrorCodes.BuildWaiting, (await Grains.App(app).StartBuildAsync(Rebase())).Error?.Code);
        Cluster.Builder.Program = null;
        Assert.True((await Grains.Build(app, first).CancelAsync("enough")).IsOk);
        await Cluster.BuildIsAsync(app, second, BuildStatus.Succeeded);
    }

    private void NewRunImage() => Cluster.Builder.RunImage = FakeBuildDriver.RunImageOf(2);

    private static StartBuild Rebase() => new(new BuildId(Guid.NewGuid()), new SourceRef(RebaseSource.Write(force: false), null, null), []);

    private async Task<BuildView> RebaseAsync(AppId app)
    {
        var command = Rebase();
        Assert.Null((await Grains.App(app).StartBuildAsync(command)).Error);
        return await Cluster.BuildIsAsync(app, command.Id, BuildStatus.Succeeded);
    }

    private Task StatusIsAsync(AppId app, string version, ReleaseStatus status) =>
        Eventually.SeesAsync(
            $"{version} is {status}",
            async () => (await Grains.Releases(app).GetAsync(version))!,
            release => release.Status == status,
            Pass
        );

    private void Pass() => Cluster.Clock.Advance(TimeSpan.FromMilliseconds(250));
}
