using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Drivers.Fake.Builds;
using NeetoDeploy.Grains.Apps;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Reconciling;
using NeetoDeploy.Grains.Tests.Accounts;
using NeetoDeploy.Grains.Tests.Apps;
using NeetoDeploy.Grains.Tests.Cluster;
using NeetoDeploy.Grains.Tests.Releases;

namespace NeetoDeploy.Grains.Tests.Slugs;

public sealed class SlugTests : ClusterTests
{
    [Fact]
    public async Task An_uploaded_slug_can_be_released_again_and_again_and_is_no_build_of_the_list()
    {
        var app = await Grains.CreateAppAsync();
        var slug = await UploadAsync(app);

        var first = (await Grains.Releases(app).ReleaseSlugAsync(slug, null)).Value;
        await Grains.Releases(app).UpdateConfigVarsAsync(Patch.Of("A", "1"));
        var second = (await Grains.Releases(app).ReleaseSlugAsync(slug, "Once more")).Value;

        Assert.Equal((3, "Deploy abc", ReleaseStatus.Succeeded), (first.Version.Number, first.Description, first.Status));
        Assert.Equal((5, "Once more", first.Slug!.Image), (second.Version.Number, second.Description, second.Slug!.Image));
        Assert.Equal("bin/serve", second.Slug.ProcessTypes["web"]);
        Assert.Equal("1", (await Grains.Releases(app).GetConfigVarsAsync("current"))!["A"]);
        var page = await Cluster.ReadModel.ListBuildsAsync(app, new PageRange("id", null, false, null, 10, false), Cancel);
        Assert.Empty(page.Rows);
        await SettlesAsync(app, slug);
    }

    [Fact]
    public async Task A_slug_waits_for_its_archive_and_for_no_build()
    {
        var app = await Grains.CreateAppAsync();
        var slug = await CreateAsync(app);
        var early = await Grains.Releases(app).ReleaseSlugAsync(slug, null);
        Cluster.Builder.Program = FakeBuildPrograms.Hang;
        var build = await Grains.StartBuildAsync(app);
        await Cluster.BuildIsAsync(app, build, BuildStatus.Running);
        Cluster.Builder.Program = null;

        await Grains.Build(app, new BuildId(slug)).RunAsync();

        await Cluster.BuildIsAsync(app, new BuildId(slug), BuildStatus.Succeeded);
        Assert.Equal(ErrorCodes.SlugNotReady, early.Error?.Code);
        Assert.Contains("has not come yet", early.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(BuildStatus.Running, (await Grains.Build(app, build).GetAsync())!.Status);
    }

    [Fact]
    public async Task A_slug_that_is_no_slug_cannot_be_released_and_says_why()
    {
        Cluster.Builder.Program = FakeBuildPrograms.Fail(BuildPhase.Prepare, 0, "a slug has everything in ./app");
        var app = await Grains.CreateAppAsync();
        var slug = await CreateAsync(app);
        await Grains.Build(app, new BuildId(slug)).RunAsync();
        await Cluster.BuildIsAsync(app, new BuildId(slug), BuildStatus.Failed);

        var refused = await Grains.Releases(app).ReleaseSlugAsync(slug, null);

        Assert.Equal(ErrorCodes.SlugNotReady, refused.Error?.Code);
        Assert.Contains("a slug has everything in ./app. Create another one.", refused.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.SlugNotFound, (await Grains.Releases(app).ReleaseSlugAsync(Guid.NewGuid(), null)).Error?.Code);
    }

    [Theory]
    [InlineData("a b", "x", null, ErrorCodes.SlugInvalid)]
    [InlineData("web", " ", null, ErrorCodes.SlugInvalid)]
    [InlineData("web", "x", "heroku-99", ErrorCodes.StackUnknown)]
    public async Task What_could_never_run_is_refused_at_once(string type, string command, string? stack, string code)
    {
        var app = await Grains.CreateAppAsync();
        var spec = Spec() with { ProcessTypes = ImmutableSortedDictionary<string, string>.Empty.Add(type, command) };
        Assert.Equal(code, (await Grains.App(app).CreateSlugAsync(new CreateSlug(spec, Source, stack))).Error?.Code);
    }

    [Fact]
    public async Task A_crash_of_the_silo_does_not_lose_a_slug()
    {
        Cluster.Builder.Program = FakeBuildPrograms.Hang;
        var app = await Grains.CreateAppAsync();
        var slug = await CreateAsync(app);
        await Grains.Build(app, new BuildId(slug)).RunAsync();
        await Cluster.BuildIsAsync(app, new BuildId(slug), BuildStatus.Running);
        Cluster.Builder.Program = null;

        await Cluster.CrashAsync();

        Assert.Equal(2, (await Cluster.BuildIsAsync(app, new BuildId(slug), BuildStatus.Succeeded)).Attempt);
        Assert.True((await Grains.Releases(app).ReleaseSlugAsync(slug, null)).IsOk);
    }

    [Fact]
    public async Task Another_apps_slug_is_taken_over_with_its_id_and_its_image()
    {
        Cluster.Builder.Program = Cluster.StoredAsync;
        var (from, to) = (await Grains.CreateAppAsync(), await Grains.CreateAppAsync());
        var build = await Cluster.DeployAsync(from);
        Cluster.Builder.Program = null;

        var copy = (await Grains.App(to).CopySlugAsync(from, build.Id.Value)).Value;

        await Cluster.BuildIsAsync(to, copy.Id, BuildStatus.Succeeded);
        var release = (await Grains.Releases(to).ReleaseSlugAsync(build.Id.Value, null)).Value;
        Assert.Equal((build.Id.Value, $"apps/{to}"), (release.Slug!.Id, release.Slug.Image.Repository));
        Assert.Equal(build.Artifact!.Image.Digest, release.Slug.Image.Digest);
        Assert.Equal(build.Artifact.ProcessTypes, release.Slug.ProcessTypes);
        Assert.Equal(from, await Cluster.ReadModel.FindAppOfSlugAsync(build.Id.Value, Cancel));
        await SettlesAsync(to, copy.Id.Value);
    }

    [Fact]
    public async Task Nobody_takes_over_the_slug_of_an_app_that_is_not_theirs()
    {
        var from = await Grains.CreateAppAsync();
        var build = await Cluster.DeployAsync(from);
        CallContext.Act(People.Make("stranger@example.com"));
        Cluster.Caller = null;
        var mine = new AppId(Guid.NewGuid());
        Assert.True((await Grains.App(mine).CreateAsync(new CreateApp(null, null))).IsOk);

        var refused = await Grains.App(mine).CopySlugAsync(from, build.Id.Value);

        Assert.Equal(ErrorCodes.SlugNotFound, refused.Error?.Code);
        Assert.Equal(refused.Error, (await Grains.App(mine).CopySlugAsync(new AppId(Guid.NewGuid()), build.Id.Value)).Error);
    }

    [Fact]
    public async Task The_oldest_of_very_many_slugs_without_an_upload_is_given_up()
    {
        var app = await Grains.CreateAppAsync();
        var oldest = await CreateAsync(app);
        for (var i = 0; i < AppGrain.SlugsWaiting; i++)
            await CreateAsync(app);

        await Cluster.BuildIsAsync(app, new BuildId(oldest), BuildStatus.Cancelled);

        var refused = await Grains.Releases(app).ReleaseSlugAsync(oldest, null);
        Assert.Contains("it was given up", refused.Error!.Message, StringComparison.Ordinal);
    }

    private static SourceRef Source { get; } = new("file:///sources/slug.tgz", "abc", null);

    private static SlugSpec Spec() =>
        new(Guid.NewGuid(), ImmutableSortedDictionary<string, string>.Empty.Add("web", "bin/serve"), "Ruby", null, null);

    private async Task<Guid> CreateAsync(AppId app)
    {
        var spec = Spec();
        var created = await Grains.App(app).CreateSlugAsync(new CreateSlug(spec, Source, null));
        Assert.Null(created.Error);
        return spec.Id;
    }

    private async Task<Guid> UploadAsync(AppId app)
    {
        var slug = await CreateAsync(app);
        await Grains.Build(app, new BuildId(slug)).RunAsync();
        await Cluster.BuildIsAsync(app, new BuildId(slug), BuildStatus.Succeeded);
        return slug;
    }

    private async Task SettlesAsync(AppId app, Guid build)
    {
        await Eventually.HoldsAsync("the slug's work is done", () => !Cluster.Work.Has(WorkKinds.Build, $"{app}/{build}"));
        await Eventually.HoldsAsync("the app's work is done", () => !Cluster.Work.Has(WorkKinds.App, $"{app}"));
    }
}
