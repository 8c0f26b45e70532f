using System.Formats.Tar;
using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Creators;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Tests.Driver;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Creators;

/// <summary>Layouts of builds that nobody trusts.</summary>
public sealed class LayoutImportTests : IAsyncLifetime
{
    private const string Place = "app";
    private const string Repository = "apps/mine";

    private readonly FakeImageStore store = new(TimeProvider.System);
    private readonly TempFolder folder = new();
    private BuilderFixture builder = null!;
    private StoredImage run = null!;
    private TestLayout layout = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ImageRef RunImage => builder.Stacks.Images.RunImage;

    public async ValueTask InitializeAsync()
    {
        builder = await BuilderFixture.StartAsync(store);
        run = (await StoredImage.FindAsync(store, RunImage, Cancel))!;
        layout = new TestLayout(run);
    }

    public ValueTask DisposeAsync()
    {
        builder.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_image_stands_on_the_stack_s_run_image_and_says_its_user_by_number()
    {
        layout.Add(TestLayout.Tar("layers/shop/x", "x"), "Layer: 'tools', Created by buildpack: test/shop@1.2.3");
        layout.Add(TestLayout.Tar("workspace/a", "a"), type: ImageDocuments.PlainLayerType);

        var export = await ImportAsync();

        Assert.Equal(["test/shop:tools", "app"], export.Layers.Select(layer => layer.Name));
        Assert.All(export.Layers, layer => Assert.Equal(layer.Blob.Size, layer.UploadedBytes));
        var image = (await StoredImage.FindAsync(store, export.Image, Cancel))!;
        Assert.Equal([.. run.Layers.Select(l => l.Blob), .. export.Layers.Select(l => l.Blob)], image.Layers.Select(l => l.Blob));
        Assert.Equal("1000:1001", image.Config["config"]!["User"]!.GetValue<string>());
        Assert.Equal(2, image.OwnLayers().Count());
        foreach (var layer in image.Layers)
            Assert.True(await store.HasBlobAsync(Repository, layer.Blob.Digest, Cancel));
        Assert.Equal(0, (await ImportAsync()).Uploaded);
    }

    [Fact]
    public async Task A_layer_that_is_left_out_comes_from_the_previous_image_and_from_nowhere_else()
    {
        var left = layout.Add(TestLayout.Tar("layers/shop/x", "x"));
        var first = await ImportAsync();
        var previous = await StoredImage.FindAsync(store, first.Image, Cancel);
        Directory.Delete(folder[Place], recursive: true);
        layout = new TestLayout(run);
        layout.Add(TestLayout.Tar("layers/shop/x", "x"));
        layout.Blobs.Remove(left);

        Assert.Equal((1, 0), ((await ImportAsync(previous)).Layers.Count, (await ImportAsync(previous)).Uploaded));
        Assert.Contains("it lacks one of its layers", await RefuseAsync(previous: null), StringComparison.Ordinal);
        Assert.Contains(
            "it lacks one of its layers",
            (await Assert.ThrowsAsync<FormatException>(() => ImportAsync(previous, "apps/theirs"))).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("no layout", "it is not there")]
    [InlineData("two manifests", "its index must name one manifest")]
    [InlineData("another manifest", "its manifest is of an unknown kind")]
    [InlineData("manifest changed", "one of its documents is not what its digest says")]
    [InlineData("broken index", "one of its documents cannot be read")]
    [InlineData("digest with a path", "is not an image digest")]
    [InlineData("a layer too many", "layers and tells of")]
    [InlineData("zstd", "one of its layers is of an unknown kind")]
    [InlineData("negative size", "one of its layers has less than no size")]
    [InlineData("wrong size", "one of its layers is not as large as the image says")]
    [InlineData("wrong digest", "one of its layers is not what its digest says")]
    [InlineData("wrong id", "one of its layers does not unpack to what the image says")]
    [InlineData("no run image", "it does not stand on the stack's run image")]
    [InlineData("another processor", "its architecture is not that of the stack's run image")]
    [InlineData("no labels", "it has no labels")]
    [InlineData("labels that are no text", "its configuration cannot be read")]
    [InlineData("linked blob", "it lacks one of its layers")]
    [InlineData("linked folder", "it is not there")]
    [InlineData("device", "which is neither a file, a folder nor a link")]
    [InlineData("sparse", "which is neither a file, a folder nor a link")]
    [InlineData("no tar", "one of its layers cannot be unpacked")]
    [InlineData("bomb", "larger than a build may be")]
    public async Task A_layout_that_lies_is_refused(string lie, string reason)
    {
        var blob = layout.Add(TestLayout.Tar("workspace/a", "a"));
        Spoil(lie, blob);
        if (lie != "no layout")
            layout.Write(folder[Place]);
        SpoilFiles(lie, blob);
        Assert.Contains(reason, await RefuseAsync(previous: null, isWritten: true), StringComparison.Ordinal);
        Assert.Null(await store.GetManifestAsync(Repository, "latest", Cancel));
    }

    private void Spoil(string lie, string blob)
    {
        var layer = layout.Layers[^1]!;
        switch (lie)
        {
            case "two manifests":
                layout.Manifests = [new JsonObject(), new JsonObject()];
                break;
            case "another manifest":
                layout.Manifests = [new JsonObject { ["mediaType"] = "text/plain", ["digest"] = $"sha256:{blob}" }];
                break;
            case "manifest changed":
                layout.Manifests =
                [
                    new JsonObject { ["mediaType"] = ImageDocuments.ManifestType, ["digest"] = $"sha256:{new string('0', 64)}" },
                ];
                layout.Blobs[new string('0', 64)] = "{}"u8.ToArray();
                break;
            case "digest with a path":
                layout.Manifests =
                [
                    new JsonObject { ["mediaType"] = ImageDocuments.ManifestType, ["digest"] = "sha256:../../../../etc/passwd" },
                ];
                break;
            case "a layer too many":
                layout.DiffIds.Add(TestLayout.Digest([]).ToString());
                break;
            case "zstd":
                layer["mediaType"] = "application/vnd.oci.image.layer.v1.tar+zstd";
                break;
            case "negative size":
                layer["size"] = -1;
                break;
            case "wrong size":
                layer["size"] = 7;
                break;
            case "wrong digest":
                layout.Blobs[blob] = [.. layout.Blobs[blob][..^1], 1];
                break;
            case "wrong id":
                layout.DiffIds[^1] = TestLayout.Digest([1]).ToString();
                break;
            case "no run image":
                (layout.DiffIds[0], layout.Layers[0]) = (layout.DiffIds[^1]!.DeepClone(), layer.DeepClone());
                break;
            case "another processor":
                layout.Config["architecture"] = "s390x";
                break;
            case "no labels":
                layout.Config["config"]!.AsObject().Remove("Labels");
                break;
            case "labels that are no text":
                layout.Labels["x"] = 1;
                break;
            case "device":
                layout.Add(Archives.Tar(new GnuTarEntry(TarEntryType.CharacterDevice, "dev/kmsg") { DeviceMajor = 1, DeviceMinor = 11 }));
                break;
            case "sparse":
                var attributes = new Dictionary<string, string> { ["GNU.sparse.realsize"] = "1099511627776" };
                layout.Add(Archives.Tar(new PaxTarEntry(TarEntryType.RegularFile, "huge", attributes)));
                break;
            case "no tar":
                layout.Add(
                    new byte[700]
                        .Select((_, i) => (byte)(i + 1))
                        .ToArray()
                );
                break;
            case "bomb":
                layout.Add(Archives.Tar(Archives.File("zeros", new byte[3 << 20])));
                break;
            default:
                break;
        }
    }

    private void SpoilFiles(string lie, string blob)
    {
        var path = folder[$"{Place}/blobs/sha256/{blob}"];
        if (lie == "broken index")
            File.WriteAllText(folder[$"{Place}/index.json"], "{");
        if (lie == "linked blob")
        {
            File.Move(path, folder["elsewhere"]);
            File.CreateSymbolicLink(path, folder["elsewhere"]);
        }
        if (lie == "linked folder")
        {
            Directory.Move(folder[Place], folder["elsewhere"]);
            Directory.CreateSymbolicLink(folder[Place], folder["elsewhere"]);
        }
    }

    private async Task<string> RefuseAsync(StoredImage? previous, bool isWritten = false) =>
        (await Assert.ThrowsAsync<FormatException>(() => ImportAsync(previous, isWritten: isWritten))).Message;

    private Task<ImageExporter.Export> ImportAsync(StoredImage? previous = null, string repository = Repository, bool isWritten = false)
    {
        if (!isWritten && layout.Manifests is null)
            layout.Write(folder[Place]);
        var options = new BuilderOptions
        {
            BuildsDirectory = folder.Path,
            SourceDirectories = [],
            LargestBuildBytes = 2 << 20,
        };
        var known = new Analysis(run, RunImage, previous);
        return new LayoutImport(store, repository, options).RunAsync(new UntrustedFolder(folder.Path), Place, known, "1000:1001", Cancel);
    }
}
