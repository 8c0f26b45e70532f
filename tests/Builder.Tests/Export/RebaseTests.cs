using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Tests.Driver;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
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
    public async Task On_the_run_image_that_it_stands_on_an_image_stays_what_it_is()
    {
        var app = await BuildAsync();

        Assert.Equal(app, await RebaseAsync(app));
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

        var refused = await Assert.ThrowsAsync<DriverException>(() => RebaseAsync(app));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 72", refused.Message, StringComparison.Ordinal);
        Assert.Equal((DriverErrorKind.Invalid, "image.not_rebasable"), (refused.Kind, refused.Code));

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

        Assert.Contains(
            "io.buildpacks.rebasable is false",
            (await Assert.ThrowsAsync<DriverException>(() => RebaseAsync(app))).Message,
            StringComparison.Ordinal
        );
        Assert.NotEqual(app, await RebaseAsync(app, force: true));
    }

    [Theory]
    [InlineData("io.buildpacks.lifecycle.metadata", "", "not made by buildpacks")]
    [InlineData("io.buildpacks.lifecycle.metadata", "{}", "does not say which of its layers")]
    [InlineData("io.buildpacks.lifecycle.metadata", "no json", "not made by buildpacks")]
    public async Task An_image_that_buildpacks_did_not_make_is_refused_even_when_forced(string label, string value, string reason)
    {
        var app = await ChangeAsync(await BuildAsync(), labels => labels[label] = value);

        Assert.Contains(
            reason,
            (await Assert.ThrowsAsync<DriverException>(() => RebaseAsync(app, force: true))).Message,
            StringComparison.Ordinal
        );
    }

    private async Task<ImageRef> BuildAsync() => (await builder.BuildAsync(Archives.File("server.js", "1"))).Image;

    private Task<ImageRef> RebaseAsync(ImageRef image, bool force = false) =>
        builder.Driver.RebaseAsync(image, "neeto-12", force, TestContext.Current.CancellationToken);

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
