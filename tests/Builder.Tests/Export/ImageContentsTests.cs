using System.Text;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Builder.Tests.Driver;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Export;

/// <summary>What people can read of an image: it was written by buildpacks.</summary>
public sealed class ImageContentsTests : IAsyncLifetime
{
    private const string Node = "neeto_nodejs/node/sbom.cdx.json";
    private const string Npm = "neeto_nodejs/sbom.spdx.json";

    private readonly FakeImageStore store = new(TimeProvider.System);
    private BuilderFixture builder = null!;

    private ImageContents Contents => new(store);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => builder = await BuilderFixture.StartAsync(store);

    public ValueTask DisposeAsync()
    {
        builder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Bills_of_materials_are_listed_and_read_from_the_registry()
    {
        var image = await BuildAsync(s =>
        {
            s.Write($"/layers/sbom/launch/{Npm}", "{}");
            s.Write($"/layers/sbom/launch/{Node}", """{"bomFormat":"CycloneDX"}""");
            s.Write("/layers/sbom/build/neeto_nodejs/sbom.cdx.json", "what was needed for the build");
        });

        Assert.Equal([new BillOfMaterials(Node, 25), new(Npm, 2)], (await Contents.ListSbomsAsync(image, Cancel)).Value);
        Assert.Equal("""{"bomFormat":"CycloneDX"}""", Encoding.UTF8.GetString((await Contents.ReadSbomAsync(image, Node, Cancel)).Value));
    }

    [Fact]
    public async Task What_has_no_such_name_or_is_a_link_is_not_read()
    {
        var image = await BuildAsync(s =>
        {
            s.Write($"/layers/sbom/launch/{Npm}", "{}");
            s.Write("/layers/sbom/launch/neeto_nodejs/node/notes.txt", "mine");
            s.Write("/layers/sbom/launch/a/b/c/sbom.cdx.json", "{}");
            File.CreateSymbolicLink(s[$"/layers/sbom/launch/{Node}"], "/etc/passwd");
        });

        Assert.Equal([Npm], (await Contents.ListSbomsAsync(image, Cancel)).Value.Select(sbom => sbom.Name));
        var refused = (await Contents.ReadSbomAsync(image, Node, Cancel)).Error;
        Assert.Equal(
            (ErrorCodes.SbomNotFound, $"The image has no such bill of materials. It has: {Npm}."),
            (refused?.Code, refused?.Message)
        );
    }

    [Fact]
    public async Task One_that_is_larger_than_16_MB_is_left_out_and_a_layer_of_more_than_256_MB_is_not_read_to_its_end()
    {
        var large = await BuildAsync(s =>
        {
            s.Write($"/layers/sbom/launch/{Npm}", "{}");
            Hole(s, $"/layers/sbom/launch/{Node}", 17);
        });
        Assert.Equal([Npm], (await Contents.ListSbomsAsync(large, Cancel)).Value.Select(sbom => sbom.Name));

        var huge = await BuildAsync(s => Hole(s, "/layers/sbom/launch/a/big", 260));
        Assert.Equal(ErrorCodes.ImageUnreadable, (await Contents.ListSbomsAsync(huge, Cancel)).Error?.Code);
    }

    [Fact]
    public async Task An_image_without_any_one_that_has_gone_and_a_registry_that_is_away_are_told_apart()
    {
        var without = await BuildAsync(_ => { });
        var gone = without with { Digest = ImageDigest.FromHash(new byte[32]) };
        Assert.Equal(ErrorCodes.SbomNotFound, (await Contents.ListSbomsAsync(without, Cancel)).Error?.Code);
        Assert.Equal(ErrorCodes.SbomNotFound, (await Contents.ReadSbomAsync(without, Node, Cancel)).Error?.Code);
        Assert.Equal(ErrorCodes.ImageNotFound, (await Contents.ListSbomsAsync(gone, Cancel)).Error?.Code);

        store.Faults.FailNext("GetManifestAsync");
        Assert.Equal(ErrorCodes.RegistryUnavailable, (await Contents.ListSbomsAsync(without, Cancel)).Error?.Code);
    }

    private async Task<ImageRef> BuildAsync(Action<ScriptedSandbox> more)
    {
        builder.Sandboxes.Script = Scripts.NodeAnd(more);
        return (await builder.BuildAsync(Archives.File("server.js", "1"))).Image;
    }

    private static void Hole(ScriptedSandbox sandbox, string path, int megabytes)
    {
        sandbox.Write(path, "");
        using var file = File.OpenWrite(sandbox[path]);
        file.SetLength(megabytes * 1024L * 1024);
    }
}
