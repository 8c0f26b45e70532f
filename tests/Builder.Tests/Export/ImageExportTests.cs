using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Tests.Driver;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Images;
using NeetoDeploy.Drivers.Fake.Images;
using NeetoDeploy.Drivers.Registry;
using NeetoDeploy.Drivers.Registry.Images;
using NeetoDeploy.Drivers.Tests.Images;

namespace NeetoDeploy.Builder.Tests.Export;

public sealed class FakeStoreExportTests : ImageExportTests
{
    protected override IImageStore Store { get; } = new FakeImageStore(TimeProvider.System);
}

public sealed class RegistryExportTests(RegistryFixture registry) : ImageExportTests, IClassFixture<RegistryFixture>, IDisposable
{
    private readonly RegistryImageStore store = new(new RegistryOptions { Registry = registry.Registry });

    protected override IImageStore Store => store;

    public void Dispose() => store.Dispose();
}

/// <summary>What images are like, in an imitated and in a real registry.</summary>
public abstract class ImageExportTests
{
    protected abstract IImageStore Store { get; }

    [Fact]
    public async Task An_image_has_its_layers_in_the_order_of_stability()
    {
        using var builder = await BuilderFixture.StartAsync(Store);
        var artifact = await builder.BuildAsync(Archives.File("server.js", "1"), Archives.File("node_modules/x/index.js", "x"));
        var image = await PulledImage.FromAsync(Store, artifact.Image);
        Assert.Equal(
            [
                "etc/os-release",
                "cnb/lifecycle/launcher",
                "layers/neeto_nodejs/node/current -> bin/node",
                "layers/config/metadata.toml",
                "app/node_modules/x/index.js",
                "app/server.js",
            ],
            image
                .Layers.Select(l => GnuTar.List(l)[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[5..])
                .Select(words => string.Join(' ', words))
        );
        Assert.Contains(
            GnuTar.List(image.Layers[3]),
            l => l.EndsWith("cnb/process/web -> /cnb/lifecycle/launcher", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(image.Layers, l => GnuTar.List(l).Any(e => e.Contains("cached-only")));
    }

    [Fact]
    public async Task An_image_starts_the_way_the_platform_says()
    {
        using var builder = await BuilderFixture.StartAsync(Store);
        var artifact = await builder.BuildAsync(Archives.File("server.js", "1"));
        Assert.Equal($"apps/{builder.App}", artifact.Image.Repository);
        Assert.Equal(["web: node server.js", "worker: node worker.js"], artifact.ProcessTypes.Select(p => $"{p.Key}: {p.Value}"));
        Assert.Equal(["neeto/nodejs 1.0.0"], artifact.Buildpacks);
        var image = await PulledImage.FromAsync(Store, artifact.Image);
        Assert.Equal(
            """["CNB_APP_DIR=/app","CNB_LAYERS_DIR=/layers","CNB_PLATFORM_API=0.15","HOME=/app","LANG=C.UTF-8","PATH=/cnb/process:/cnb/lifecycle:/usr/bin:/bin"]""",
            image.Settings["Env"]!.ToJsonString()
        );
        Assert.Equal("""["/cnb/process/web"]""", image.Settings["Entrypoint"]!.ToJsonString());
        Assert.Equal("1000:1000", image.Settings["User"]!.GetValue<string>());
        Assert.Equal("/app", image.Settings["WorkingDir"]!.GetValue<string>());
        Assert.Equal("SIGINT", image.Settings["StopSignal"]!.GetValue<string>());
        Assert.Null(image.Settings["Cmd"]);
        var labels = image.Settings["Labels"]!;
        Assert.Equal("debian", labels["io.buildpacks.base.distro.name"]!.GetValue<string>());
        Assert.Equal("neeto-12", labels["io.buildpacks.stack.id"]!.GetValue<string>());
        var metadata = JsonNode.Parse(labels["io.buildpacks.lifecycle.metadata"]!.GetValue<string>())!;
        Assert.Equal("24.1.0", metadata["buildpacks"]![0]!["layers"]!["node"]!["data"]!["version"]!.GetValue<string>());
        var ids = image.Config["rootfs"]!["diff_ids"]!.AsArray().Select(d => d!.GetValue<string>()).ToList();
        Assert.Equal(ids[2], metadata["buildpacks"]![0]!["layers"]!["node"]!["sha"]!.GetValue<string>());
        Assert.Equal(ids, image.Layers.Select(l => ImageDigest.FromHash(System.Security.Cryptography.SHA256.HashData(l)).ToString()));
        Assert.Equal(ids.Count, image.Config["history"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_rebuild_without_a_change_uploads_nothing()
    {
        using var builder = await BuilderFixture.StartAsync(Store);
        var first = await builder.BuildAsync(Archives.File("server.js", "1"));
        Assert.True(first.UploadedBytes > 0);
        var second = await builder.BuildAsync(builder.Job(Archives.File("server.js", "1")) with { PreviousImage = first.Image });
        Assert.Equal(first.Image, second.Image);
        Assert.Equal(0, second.UploadedBytes);
        Assert.Equal(first.SizeBytes, second.SizeBytes);
    }

    [Fact]
    public async Task A_change_of_code_uploads_only_the_layer_of_the_code()
    {
        using var builder = await BuilderFixture.StartAsync(Store);
        var modules = Archives.File("node_modules/x/index.js", new string('x', 10_000));
        var first = await builder.BuildAsync(Archives.File("server.js", "1"), modules);
        var second = await builder.BuildAsync(
            builder.Job(Archives.File("server.js", "2"), Archives.File("node_modules/x/index.js", new string('x', 10_000))) with
            {
                PreviousImage = first.Image,
            }
        );
        var before = await LayersAsync(first);
        var after = await LayersAsync(second);
        Assert.Equal(before[..^1], after[..^1]);
        Assert.NotEqual(before[^1], after[^1]);
        Assert.Equal(after[^1].Size, second.UploadedBytes);
    }

    [Fact]
    public async Task A_large_layer_that_another_app_has_too_is_shared_and_one_that_is_only_as_long_is_not()
    {
        using var builder = await BuilderFixture.StartAsync(Store);
        var first = await builder.BuildAsync(Large('x'));
        var same = await builder.BuildAsync(OfAnotherApp('x'));
        var other = await builder.BuildAsync(OfAnotherApp('y'));

        Assert.NotEqual(first.Image.Repository, same.Image.Repository);
        Assert.Equal((await LayersAsync(first))[^1], (await LayersAsync(same))[^1]);
        Assert.True(same.Report!.Layers[^1].IsReused());
        Assert.False(other.Report!.Layers[^1].IsReused());
        foreach (var (artifact, letter) in new[] { (first, 'x'), (same, 'x'), (other, 'y') })
        {
            var image = await PulledImage.FromAsync(Store, artifact.Image);
            Assert.Contains($"{letter}{letter}{letter}", System.Text.Encoding.ASCII.GetString(image.Layers[^1]), StringComparison.Ordinal);
        }

        BuildJob OfAnotherApp(char letter) => builder.Job(Large(letter)) with { App = new(Guid.NewGuid()) };

        static System.Formats.Tar.TarEntry Large(char letter) => Archives.File("server.js", new string(letter, 2 << 20));
    }

    [Fact]
    public async Task A_registry_that_lost_a_layer_gets_it_again()
    {
        using var builder = await BuilderFixture.StartAsync(Store);
        var first = await builder.BuildAsync(Archives.File("server.js", "1"));
        // Another app's repository has none of the blobs, as after a loss; the builder's notes say that they were uploaded.
        using var other = await BuilderFixture.StartAsync(Store);
        Directory.CreateDirectory(Path.Combine(other.AppFolder, "state"));
        File.Copy(Path.Combine(builder.AppFolder, "state/layers.json"), Path.Combine(other.AppFolder, "state/layers.json"));
        var second = await other.BuildAsync(Archives.File("server.js", "1"));
        Assert.Equal(first.Image.Digest, second.Image.Digest);
        Assert.Equal(second.SizeBytes, second.UploadedBytes);
    }

    [Fact]
    public async Task The_same_source_gives_the_same_image_on_another_day_and_machine()
    {
        using var builder = await BuilderFixture.StartAsync(Store);
        using var other = await BuilderFixture.StartAsync(Store);
        var first = await builder.BuildAsync(Archives.File("bin/x", "1", executable: true), Archives.File("server.js", "1"));
        var later = Archives.File("server.js", "1");
        later.ModificationTime = DateTimeOffset.UnixEpoch.AddDays(12_345);
        var second = await other.BuildAsync(later, Archives.File("bin/x", "1", executable: true));
        Assert.Equal(first.Image.Digest, second.Image.Digest);
    }

    [Fact]
    public async Task A_layer_that_is_only_described_comes_from_the_previous_image()
    {
        using var builder = await BuilderFixture.StartAsync(Store);
        var first = await builder.BuildAsync(Archives.File("server.js", "1"));
        builder.Sandboxes.Script = Scripts.NodeAnd(s => Directory.Delete(s["/layers/neeto_nodejs/node"], recursive: true));
        var second = await builder.BuildAsync(builder.Job(Archives.File("server.js", "1")) with { PreviousImage = first.Image });
        Assert.Equal(first.Image, second.Image);

        var failure = await builder.FailAsync(builder.Job(Archives.File("server.js", "1")));
        Assert.Equal((BuildPhase.Export, 62), (failure.Phase, failure.ExitCode));
        Assert.Contains("neeto/nodejs:node", failure.Message);
    }

    [Fact]
    public async Task A_changed_file_of_the_same_size_and_time_is_seen()
    {
        using var builder = await BuilderFixture.StartAsync(Store);
        var first = await builder.BuildAsync(Archives.File("server.js", "1"));
        // Package managers set the times of what they unpack.
        builder.Sandboxes.Script = Scripts.NodeAnd(s =>
        {
            var file = s["/layers/neeto_nodejs/node/bin/node"];
            var time = File.GetLastWriteTimeUtc(file);
            File.WriteAllText(file, new string('m', 100_000));
            File.SetLastWriteTimeUtc(file, time);
        });
        var second = await builder.BuildAsync(Archives.File("server.js", "1"));
        Assert.NotEqual((await LayersAsync(first))[2], (await LayersAsync(second))[2]);
    }

    private async Task<List<(string Digest, long Size)>> LayersAsync(BuildArtifact artifact) =>
        [
            .. (await PulledImage.FromAsync(Store, artifact.Image)).Manifest["layers"]!
                .AsArray()
                .Select(l => (l!["digest"]!.GetValue<string>(), l["size"]!.GetValue<long>())),
        ];
}
