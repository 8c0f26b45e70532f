using System.Collections.Immutable;
using NeetoDeploy.Builder.Creators;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Builder.Tests.Driver;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Creators;

/// <summary>Builds on a stack that is a builder, whose lifecycle is a script.</summary>
public sealed class CreatorAttemptTests : IAsyncLifetime
{
    private readonly FakeImageStore store = new(TimeProvider.System);
    private BuilderFixture builder = null!;
    private StoredImage run = null!;

    public async ValueTask InitializeAsync()
    {
        builder = await BuilderFixture.StartAsync(store);
        var images = builder.Stacks.Images;
        run = (await StoredImage.FindAsync(store, images.RunImage, TestContext.Current.CancellationToken))!;
        var buildpacks = new Dictionary<string, IReadOnlyList<string>>
        {
            ["test/shop"] = ["1.2.0", "1.10.0"],
            ["heroku/procfile"] = ["4.0.0"],
        };
        builder.Stacks.Images = images with
        {
            Builder = new BuilderImage("test/builder:24", "0.13", 1002, "/home/heroku", "1000:1001", buildpacks),
        };
        builder.Sandboxes.Script = CreateAsync;
    }

    public ValueTask DisposeAsync()
    {
        builder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_image_that_the_builder_s_lifecycle_leaves_is_the_app_s()
    {
        var artifact = await builder.BuildAsync(Archives.File("shop.txt", "1"));

        Assert.Equal(ImageRepositories.Of(builder.App), artifact.Image.Repository);
        Assert.Equal([("web", "serve $PORT"), ("worker", "work hard")], artifact.ProcessTypes.Select(p => (p.Key, p.Value)));
        Assert.Equal(["test/shop 1.2.3"], artifact.Buildpacks);
        Assert.Equal(["test/shop:tools", "app"], artifact.Report!.Layers.Select(layer => layer.Name));
        Assert.Equal(
            [BuildPhase.Prepare, BuildPhase.Analyze, BuildPhase.Detect, BuildPhase.Build, BuildPhase.Export, BuildPhase.Pull],
            builder.Output.Phases.Select(phase => phase.Phase)
        );
        Assert.Contains("-----> test/shop\n", builder.Output.Text);
        builder.AssertNothingLeft();
        Assert.False(Directory.Exists(Path.Combine(builder.AppFolder, "layout")));
    }

    [Fact]
    public async Task The_lifecycle_is_told_of_folders_only_and_sees_nothing_of_ours()
    {
        var job = builder.Job(Archives.File("shop.txt", "1")) with
        {
            Environment = ImmutableSortedDictionary<string, string>.Empty.Add("SECRET", "s3cret").Add("SOURCE_DATE_EPOCH", "86400"),
        };
        builder.Sandboxes.Script = async (sandbox, cancel) =>
        {
            Assert.Equal("s3cret", await File.ReadAllTextAsync(sandbox["/platform/env/SECRET"], cancel));
            var image = sandbox["/layout/neeto.invalid/run/stack"];
            Assert.Contains(builder.Stacks.Images.RunImage.Digest.ToString(), await File.ReadAllTextAsync($"{image}/index.json", cancel));
            Assert.Equal(2, Directory.GetFiles($"{image}/blobs/sha256").Length);
            Assert.Empty(Directory.GetFileSystemEntries(sandbox["/layers/x"][..^2]));
            return await CreateAsync(sandbox, cancel);
        };
        await builder.BuildAsync(job);

        var sandbox = Assert.Single(builder.Sandboxes.Started);
        Assert.Equal(
            "/cnb/lifecycle/creator -app /workspace -layers /layers -platform /platform -cache-dir /cache -layout -layout-dir /layout"
                + " -run-image neeto.invalid/run:stack -uid 1000 -gid 1002 neeto.invalid/app:built",
            string.Join(' ', sandbox.Command)
        );
        Assert.Equal(
            [("CNB_EXPERIMENTAL_MODE", "quiet"), ("CNB_PLATFORM_API", "0.13"), ("SOURCE_DATE_EPOCH", "86400")],
            sandbox.Environment.OrderBy(v => v.Key).Select(v => (v.Key, v.Value))
        );
        Assert.Equal(
            ["/cache", "/home/heroku", "/layers", "/layout", "/platform", "/tmp", "/var/tmp", "/workspace"],
            sandbox.Spec.Mounts.Select(mount => mount.Path).Order()
        );
        Assert.All(sandbox.Spec.Mounts, mount => Assert.StartsWith(builder.AppFolder, mount.HostPath));
    }

    [Fact]
    public async Task A_second_build_is_given_the_image_before_and_may_leave_its_layers_out()
    {
        var first = await builder.BuildAsync(Archives.File("shop.txt", "1"));
        builder.Sandboxes.Script = async (sandbox, _) =>
        {
            Assert.Contains("neeto.invalid/app:previous", sandbox.Command);
            Assert.True(File.Exists(sandbox["/layout/neeto.invalid/app/previous/index.json"]));
            Assert.True(File.Exists(sandbox["/cache/committed/kept"]), "the cache is gone");
            var layout = Layout("2");
            layout.Blobs.Remove(layout.Blobs.Keys.First());
            layout.Write(sandbox["/layout/neeto.invalid/app/built"]);
            return 0;
        };

        var second = await builder.BuildAsync(builder.Job(Archives.File("shop.txt", "2")) with { PreviousImage = first.Image });

        Assert.Equal([true, false], second.Report!.Layers.Select(layer => layer.IsReused()));
        Assert.Equal(first.SizeBytes, second.Report.PreviousSizeBytes);
        Assert.Empty(second.Report.CacheMisses);
    }

    [Theory]
    [InlineData(20, BuildPhase.Detect)]
    [InlineData(32, BuildPhase.Analyze)]
    [InlineData(42, BuildPhase.Restore)]
    [InlineData(51, BuildPhase.Build)]
    [InlineData(62, BuildPhase.Export)]
    [InlineData(1, BuildPhase.Build)]
    public async Task A_failure_is_that_of_the_phase_whose_exit_code_it_has(int exitCode, BuildPhase phase)
    {
        builder.Sandboxes.Script = (_, _) => Task.FromResult(exitCode);
        var failure = await builder.FailAsync(builder.Job(Archives.File("shop.txt", "1")));
        Assert.Equal((phase, exitCode), (failure.Phase, failure.ExitCode));
    }

    [Fact]
    public async Task A_layout_that_cannot_be_used_fails_the_build_with_its_reason()
    {
        builder.Sandboxes.Script = (_, _) => Task.FromResult(0);
        var failure = await builder.FailAsync(builder.Job(Archives.File("shop.txt", "1")));
        Assert.Equal(new BuildFailure(BuildPhase.Export, 62, "the image that the builder made cannot be used: it is not there"), failure);
    }

    [Fact]
    public async Task Chosen_buildpacks_are_those_of_the_builder()
    {
        string? order = null;
        builder.Sandboxes.Script = async (sandbox, cancel) =>
        {
            order = await File.ReadAllTextAsync(sandbox["/layers/order.toml"], cancel);
            return await CreateAsync(sandbox, cancel);
        };
        var job = builder.Job(Archives.File("shop.txt", "1"));
        await builder.BuildAsync(job with { Buildpacks = [new("test/shop")] });
        Assert.Matches(
            @"id = ""test/shop""\s+version = ""1\.10\.0""\s[\s\S]*id = ""heroku/procfile""\s+version = ""4\.0\.0""\s+optional = true",
            order
        );
        await builder.BuildAsync(job with { Buildpacks = [new("urn:cnb:registry:test/shop@1.2.0")] });
        Assert.Contains("version = \"1.2.0\"", order);

        var failure = await builder.FailAsync(job with { Buildpacks = [new("heroku/ruby")] });
        Assert.Contains("has no buildpack heroku/ruby; it has heroku/procfile, test/shop", failure.Message);
        failure = await builder.FailAsync(job with { Buildpacks = [new("https://example.com/x.git")] });
        Assert.Contains("on this app's stack buildpacks are those of its builder", failure.Message);
    }

    [Fact]
    public async Task Phases_are_timed_by_the_lines_that_begin_them()
    {
        var output = new CreatorOutput(_ => ValueTask.CompletedTask, TimeProvider.System);
        foreach (
            var part in (string[])["\e[36m===> DETEC", "TING\e[0m\n===> NOTHING\n  ===> BUILDING\n===> DETECTING\n", "x===> EXPORTING"]
        )
            await output.WriteAsync(System.Text.Encoding.UTF8.GetBytes(part));
        Assert.Equal([BuildPhase.Detect, BuildPhase.Build], output.End().Select(timing => timing.Phase));
    }

    private TestLayout Layout(string app)
    {
        var layout = new TestLayout(run);
        layout.Add(TestLayout.Tar("layers/test_shop/tools/x", "tools"), "Layer: 'tools', Created by buildpack: test/shop@1.2.3");
        layout.Add(TestLayout.Tar("workspace/shop.txt", app));
        return layout;
    }

    private async Task<int> CreateAsync(ScriptedSandbox sandbox, CancellationToken cancel)
    {
        await sandbox.SayAsync("===> ANALYZING\n===> DETECTING\n===> BUILDING\n-----> test/shop\n===> EXPORTING\n");
        sandbox.Write("/cache/committed/kept", "");
        Layout("1").Write(sandbox["/layout/neeto.invalid/app/built"]);
        return 0;
    }
}
