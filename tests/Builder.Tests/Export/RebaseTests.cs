using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Creators;
using NeetoDeploy.Builder.Tests.Driver;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Export;

/// <summary>Putting an app's image on a new run image without building it again.</summary>
public sealed class RebaseTests : IAsyncLifetime
{
    private readonly FakeImageStore store = new(TimeProvider.System);
    private BuilderFixture builder = null!;

    public async ValueTask InitializeAsync() => builder = await BuilderFixture.StartAsync(store);

    public ValueTask DisposeAsync()
    {
        builder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_layers_of_the_run_image_are_replaced_and_the_app_s_stay()
    {
        var app = await BuildAsync();
        var run = await builder.UpdateStackAsync();

        var rebased = await RebaseAsync(app);

        var (before, after, stack) = (await ReadAsync(app), await ReadAsync(rebased), await ReadAsync(run));
        Assert.Equal([.. Layers(stack), .. Layers(before).Skip(1)], Layers(after));
        Assert.Equal(after.Config["rootfs"]!["diff_ids"]!.AsArray().Count, after.Config["history"]!.AsArray().Count);
        Assert.Equal("/cnb/process/web", after.Settings["Entrypoint"]![0]!.GetValue<string>());
        Assert.Equal(before.Settings["Env"]!.ToJsonString(), after.Settings["Env"]!.ToJsonString());
    }

    [Fact]
    public async Task The_labels_name_the_new_run_image_and_nothing_else_changes()
    {
        var app = await BuildAsync();
        var run = await builder.UpdateStackAsync();

        var (before, after) = (await ReadAsync(app), await ReadAsync(await RebaseAsync(app)));

        var (old, now) = (Metadata(before), Metadata(after));
        Assert.Equal($"stacks/neeto-12@{run.Digest}", now["runImage"]!["reference"]!.GetValue<string>());
        Assert.Equal(
            (await ReadAsync(run)).Config["rootfs"]!["diff_ids"]!.AsArray()[^1]!.GetValue<string>(),
            now["runImage"]!["topLayer"]!.GetValue<string>()
        );
        Assert.Equal(old["buildpacks"]!.ToJsonString(), now["buildpacks"]!.ToJsonString());
        var changed = before.Settings["Labels"]!
            .AsObject()
            .Where(l => after.Settings["Labels"]![l.Key]?.ToJsonString() != l.Value!.ToJsonString());
        Assert.Equal(["io.buildpacks.lifecycle.metadata"], changed.Select(l => l.Key));
    }

    [Fact]
    public async Task It_has_the_layers_that_a_build_on_the_new_run_image_has()
    {
        var app = await BuildAsync();
        await builder.UpdateStackAsync();

        var rebased = await RebaseAsync(app);

        Assert.Equal(Layers(await ReadAsync(await BuildAsync())), Layers(await ReadAsync(rebased)));
    }

    [Fact]
    public async Task On_the_run_image_that_it_stands_on_an_image_stays_what_it_is_and_the_build_says_so()
    {
        var app = await BuildAsync();

        var artifact = await builder.BuildAsync(Job(app));

        Assert.Equal((app, true), (artifact.Image, artifact.IsNothingNew()));
        Assert.Contains(
            "It stands on this run image already: there is nothing to release\n",
            builder.Output.Text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(builder.Output.Phases, phase => phase.Phase == BuildPhase.Pull);
    }

    [Fact]
    public async Task No_layer_is_uploaded_and_the_engine_has_the_image_when_the_build_ends()
    {
        var app = await BuildAsync();
        var run = await builder.UpdateStackAsync();
        var uploaded = store.UploadedBytes;

        var artifact = await builder.BuildAsync(Job(app));

        var config = (await ReadAsync(artifact.Image)).Manifest["config"]!["size"]!.GetValue<long>();
        Assert.Equal(config, store.UploadedBytes - uploaded);
        Assert.Equal((0, new RebasedImage(app, run), false), (artifact.UploadedBytes, artifact.Rebased, artifact.IsNothingNew()));
        Assert.Contains("web", artifact.ProcessTypes.Keys);
        Assert.NotEmpty(artifact.Report!.Layers);
        Assert.All(artifact.Report.Layers, layer => Assert.Equal((true, 0), (layer.IsReused(), layer.Growth())));
        Assert.Equal(artifact.SizeBytes, artifact.Report.PreviousSizeBytes);
        Assert.Contains(artifact.Image, builder.Dynos.Pulled);
        Assert.Contains(
            $"-----> Putting the image on the run image of neeto-12, {run.Digest}\n",
            builder.Output.Text,
            StringComparison.Ordinal
        );
        builder.AssertNothingLeft();
    }

    [Fact]
    public async Task The_cache_of_the_app_s_builds_stays()
    {
        var app = await BuildAsync();
        await builder.UpdateStackAsync();
        var kept = Path.Combine(builder.AppFolder, "layers", "kept");
        await File.WriteAllTextAsync(kept, "", TestContext.Current.CancellationToken);
        builder.Stacks.Images = builder.Stacks.Images with { Stack = "neeto-13" };

        await builder.BuildAsync(Job(app) with { Stack = "neeto-13" });

        Assert.True(File.Exists(kept));
    }

    [Fact]
    public async Task The_time_that_the_image_tells_stays()
    {
        var job = builder.Job(Archives.File("server.js", "1"));
        var app = (await builder.BuildAsync(job with { Environment = job.Environment.Add("SOURCE_DATE_EPOCH", "1700000000") })).Image;
        await builder.UpdateStackAsync();

        Assert.Equal("2023-11-14T22:13:20Z", (await ReadAsync(await RebaseAsync(app))).Config["created"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_stack_whose_run_image_gives_itself_another_name_keeps_its_own()
    {
        var app = await ChangeAsync(await BuildAsync(), labels => labels["io.buildpacks.stack.id"] = "mine");
        await builder.UpdateStackAsync();

        var labels = (await ReadAsync(await RebaseAsync(app))).Settings["Labels"]!;
        Assert.Equal("mine", labels["io.buildpacks.stack.id"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_image_of_a_builder_is_told_by_its_system_as_its_run_image_was_in_a_folder()
    {
        var app = await ChangeAsync(
            await BuildAsync(),
            labels =>
            {
                var metadata = JsonNode.Parse(labels["io.buildpacks.lifecycle.metadata"]!.GetValue<string>())!;
                metadata["runImage"]!["image"] = LayoutNames.RunImage;
                labels["io.buildpacks.lifecycle.metadata"] = metadata.ToJsonString();
            }
        );
        await builder.UpdateStackAsync();

        Assert.NotEqual(app, await RebaseAsync(app));
    }

    [Fact]
    public async Task It_can_be_done_again_and_leads_back()
    {
        var app = await BuildAsync();
        var first = builder.Stacks.Images;
        await builder.UpdateStackAsync();
        var rebased = await RebaseAsync(app);
        builder.Stacks.Images = first;

        Assert.Equal(app, await RebaseAsync(rebased));
    }

    [Theory]
    [InlineData("arm64", "12", "stacks/neeto-12", "built for linux amd64 debian 12, and the run image is linux arm64 debian 12")]
    [InlineData("amd64", "13", "stacks/neeto-12", "the run image is linux amd64 debian 13")]
    [InlineData("amd64", "12", "stacks/other", "built on stacks/neeto-12, not on stacks/other")]
    public async Task A_run_image_that_is_not_like_the_old_one_is_refused_unless_forced(
        string architecture,
        string version,
        string repository,
        string reason
    )
    {
        var app = await BuildAsync();
        var run = await builder.UpdateStackAsync("x", repository, architecture, version);

        var refused = await builder.FailAsync(Job(app));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal((BuildPhase.Export, 72), (refused.Phase, refused.ExitCode));

        var forced = await ReadAsync(await RebaseAsync(app, force: true));
        Assert.Equal(architecture, forced.Config["architecture"]!.GetValue<string>());
        Assert.Equal(version, forced.Settings["Labels"]!["io.buildpacks.base.distro.version"]!.GetValue<string>());
        Assert.Equal(run.Repository, Metadata(forced)["runImage"]!["image"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_image_that_says_so_is_not_rebased_unless_forced()
    {
        var app = await ChangeAsync(await BuildAsync(), labels => labels["io.buildpacks.rebasable"] = "false");
        await builder.UpdateStackAsync();

        Assert.Contains("io.buildpacks.rebasable is false", (await builder.FailAsync(Job(app))).Message, StringComparison.Ordinal);
        Assert.NotEqual(app, await RebaseAsync(app, force: true));
    }

    [Theory]
    [InlineData("io.buildpacks.lifecycle.metadata", "", "not made by buildpacks")]
    [InlineData("io.buildpacks.lifecycle.metadata", "{}", "does not say which of its layers")]
    [InlineData("io.buildpacks.lifecycle.metadata", "no json", "not made by buildpacks")]
    public async Task An_image_that_buildpacks_did_not_make_is_refused_even_when_forced(string label, string value, string reason)
    {
        var app = await ChangeAsync(await BuildAsync(), labels => labels[label] = value);

        Assert.Contains(reason, (await builder.FailAsync(Job(app, force: true))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_run_image_under_it_is_refused_even_when_forced()
    {
        var job = Job(await BuildAsync(), force: true);
        var images = ImmutableSortedDictionary<string, ProcessImage>.Empty.Add("web", new ProcessImage(job.PreviousImage!, []));

        await RefusesAsync(job with { PreviousImage = null }, "nothing has been deployed yet");
        await RefusesAsync(job with { PreviousImages = images }, "the newest release has images of Dockerfiles");
        await RefusesAsync(job with { Stack = "container" }, "the app's stack is container now");

        async Task RefusesAsync(BuildJob refused, string reason) =>
            Assert.Contains(reason, (await builder.FailAsync(refused)).Message, StringComparison.Ordinal);
    }

    private async Task<ImageRef> BuildAsync() => (await builder.BuildAsync(Archives.File("server.js", "1"))).Image;

    private async Task<ImageRef> RebaseAsync(ImageRef image, bool force = false) => (await builder.BuildAsync(Job(image, force))).Image;

    private BuildJob Job(ImageRef image, bool force = false) =>
        builder.Job() with
        {
            Source = new SourceRef(RebaseSource.Write(force), null, null),
            PreviousImage = image,
        };

    private Task<PulledImage> ReadAsync(ImageRef image) => PulledImage.FromAsync(store, image);

    /// <summary>The same image with other labels.</summary>
    private async Task<ImageRef> ChangeAsync(ImageRef image, Action<JsonNode> change)
    {
        var pulled = await ReadAsync(image);
        change(pulled.Settings["Labels"]!);
        var config = System.Text.Encoding.UTF8.GetBytes(pulled.Config.ToJsonString());
        var digest = Digest(config);
        await store.PutBlobAsync(image.Repository, digest, config.Length, new MemoryStream(config), TestContext.Current.CancellationToken);
        pulled.Manifest["config"]!["digest"] = digest.ToString();
        pulled.Manifest["config"]!["size"] = config.Length;
        var manifest = System.Text.Encoding.UTF8.GetBytes(pulled.Manifest.ToJsonString());
        await store.PutManifestAsync(
            image.Repository,
            Digest(manifest).ToString(),
            "application/vnd.oci.image.manifest.v1+json",
            manifest,
            TestContext.Current.CancellationToken
        );
        return image with { Digest = Digest(manifest) };
    }

    private static ImageDigest Digest(byte[] content) => ImageDigest.FromHash(System.Security.Cryptography.SHA256.HashData(content));

    private static IEnumerable<string> Layers(PulledImage image) =>
        image.Manifest["layers"]!.AsArray().Select(l => l!["digest"]!.GetValue<string>());

    private static JsonNode Metadata(PulledImage image) =>
        JsonNode.Parse(image.Settings["Labels"]!["io.buildpacks.lifecycle.metadata"]!.GetValue<string>())!;
}
