using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Builder.Tests.Driver;
using NeetoDeploy.Builder.Tests.Export;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Slugs;

/// <summary>The archive that is made of an image, and the image that another app makes of the archive.</summary>
public sealed class SlugArchiveTests : IAsyncLifetime
{
    private const string Sbom = "neeto_nodejs/node/sbom.cdx.json";

    private readonly FakeImageStore store = new(TimeProvider.System);
    private BuilderFixture builder = null!;

    public async ValueTask InitializeAsync()
    {
        builder = await BuilderFixture.StartAsync(store);
        builder.Sandboxes.Script = Scripts.NodeAnd(s =>
        {
            s.Write($"/layers/sbom/launch/{Sbom}", "{}");
            File.CreateSymbolicLink(s["/layers/neeto_nodejs/node/certificates"], "/etc/ssl");
            s.Write("/app/vendor/one", "1");
            File.CreateSymbolicLink(s["/app/node_modules"], "/layers/neeto_nodejs/node");
            File.CreateSymbolicLink(s["/app/tool"], "node_modules/bin/node");
        });
    }

    public ValueTask DisposeAsync()
    {
        builder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_image_whose_app_is_somewhere_else_has_none()
    {
        var artifact = await builder.BuildAsync(Archives.File("server.js", "1"));
        var stored = (await StoredImage.FindAsync(store, artifact.Image, TestContext.Current.CancellationToken))!;
        var config = stored.Config.DeepClone();
        config["config"]!["WorkingDir"] = "/workspace";
        var elsewhere = await new BlobTransfer(store, artifact.Image.Repository).PutImageAsync(
            JsonSerializer.SerializeToUtf8Bytes(config),
            stored.Layers,
            TestContext.Current.CancellationToken
        );

        var refused = await new ImageContents(store).WriteSlugAsync(
            elsewhere.Image,
            () => throw new InvalidOperationException("Nothing may be begun."),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(ErrorCodes.SlugNotFound, refused?.Code);
    }

    [Fact]
    public async Task It_has_the_app_and_the_layers_beside_it_and_nothing_of_the_platform()
    {
        var artifact = await builder.BuildAsync(Archives.File("server.js", "1"), Archives.File("bin/run", "#!/bin/sh", executable: true));

        var names = GnuTar
            .List(await DownloadAsync(artifact.Image))
            .Select(line => line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries)[5]);

        Assert.Equal(
            [
                "./app/",
                "./app/bin/",
                "./app/bin/run",
                "./app/node_modules -> /layers/neeto_nodejs/node",
                "./app/server.js",
                "./app/tool -> node_modules/bin/node",
                "./app/vendor/",
                "./app/vendor/one",
                "./layers/",
                "./layers/config/",
                "./layers/config/metadata.toml",
                "./layers/neeto_nodejs/",
                "./layers/neeto_nodejs/node/",
                "./layers/neeto_nodejs/node/bin/",
                "./layers/neeto_nodejs/node/bin/node",
                "./layers/neeto_nodejs/node/certificates -> /etc/ssl",
                "./layers/neeto_nodejs/node/current -> bin/node",
                "./layers/sbom/",
                "./layers/sbom/launch/",
                "./layers/sbom/launch/neeto_nodejs/",
                "./layers/sbom/launch/neeto_nodejs/node/",
                $"./layers/sbom/launch/{Sbom}",
            ],
            names.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Another_app_makes_the_same_image_of_it()
    {
        var original = await builder.BuildAsync(Archives.File("server.js", "1"));

        var copy = await builder.BuildAsync(await UploadAsync(await DownloadAsync(original.Image)));

        Assert.Equal(original.ProcessTypes, copy.ProcessTypes);
        Assert.Equal([Sbom], copy.Report!.Sboms);
        var (before, after) = (await PulledImage.FromAsync(store, original.Image), await PulledImage.FromAsync(store, copy.Image));
        Assert.Equal(before.Layers, after.Layers);
        Assert.Equal(before.Settings["Entrypoint"]!.ToJsonString(), after.Settings["Entrypoint"]!.ToJsonString());
        builder.AssertNothingLeft();
    }

    [Fact]
    public async Task Process_types_that_are_given_take_the_place_of_the_builds_and_find_its_layers()
    {
        var original = await builder.BuildAsync(Archives.File("server.js", "1"));

        var copy = await builder.BuildAsync(await UploadAsync(await DownloadAsync(original.Image), ("clock", "node clock.js")));

        Assert.Equal(["clock: node clock.js"], copy.ProcessTypes.Select(p => $"{p.Key}: {p.Value}"));
        var image = await PulledImage.FromAsync(store, copy.Image);
        var metadata = System.Text.Encoding.UTF8.GetString(
            image.Layers.Single(l => GnuTar.List(l)[^1].EndsWith("metadata.toml", StringComparison.Ordinal))
        );
        Assert.Matches("(?s)id = \"neeto/nodejs\".*id = \"neeto/slug\"", metadata);
        Assert.DoesNotContain("server.js", metadata, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_uploaded_slug_comes_back_without_layers()
    {
        var uploaded = await builder.BuildAsync(await UploadAsync(Archives.Tar(Archives.File("app/run", "x")), ("web", "./run")));

        var names = GnuTar
            .List(await DownloadAsync(uploaded.Image))
            .Select(line => line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries)[5]);

        Assert.Equal(["./app/", "./app/run"], names);
    }

    [Fact]
    public async Task An_image_that_has_gone_is_refused_before_anything_is_written()
    {
        var gone = new ImageRef(store.Registry, "apps/x", ImageDigest.FromHash(new byte[32]));
        var refused = await new ImageContents(store).WriteSlugAsync(
            gone,
            () => throw new Xunit.Sdk.XunitException("something is written"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(ErrorCodes.ImageNotFound, refused?.Code);
    }

    /// <summary>The archive, gunzipped.</summary>
    private async Task<byte[]> DownloadAsync(ImageRef image)
    {
        using var archive = new MemoryStream();
        Assert.Null(await new ImageContents(store).WriteSlugAsync(image, () => archive, TestContext.Current.CancellationToken));
        archive.Position = 0;
        using var tar = new MemoryStream();
        await using var gzip = new GZipStream(archive, CompressionMode.Decompress);
        await gzip.CopyToAsync(tar, TestContext.Current.CancellationToken);
        return tar.ToArray();
    }

    private async Task<BuildJob> UploadAsync(byte[] tar, params (string Type, string Command)[] processes)
    {
        var archive = Path.Combine(builder.Folder, $"sources/{Guid.NewGuid()}.tar");
        await File.WriteAllBytesAsync(archive, tar);
        return builder.Job() with
        {
            App = new AppId(Guid.NewGuid()),
            Source = new SourceRef($"file://{archive}", null, null),
            Slug = new SlugSpec(Guid.NewGuid(), processes.ToImmutableSortedDictionary(p => p.Type, p => p.Command), null, null, null),
        };
    }
}
