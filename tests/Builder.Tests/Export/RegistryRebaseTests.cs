using NeetoDeploy.Builder.Tests.Driver;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Registry;
using NeetoDeploy.Drivers.Registry.Images;
using NeetoDeploy.Drivers.Tests.Images;

namespace NeetoDeploy.Builder.Tests.Export;

/// <summary>The same in a real registry, which lends the new run image's layers to the app.</summary>
public sealed class RegistryRebaseTests(RegistryFixture registry) : IClassFixture<RegistryFixture>
{
    [Fact]
    public async Task A_real_registry_is_given_no_layer_and_has_the_whole_image()
    {
        using var store = new RegistryImageStore(new RegistryOptions { Registry = registry.Registry });
        using var builder = await BuilderFixture.StartAsync(store);
        var app = (await builder.BuildAsync(Archives.File("server.js", "1"))).Image;
        var run = await builder.UpdateStackAsync();
        var before = Blobs();

        var rebase = builder.Job() with { Source = new SourceRef(RebaseSource.Write(force: false), null, null), PreviousImage = app };
        var image = (await builder.BuildAsync(rebase)).Image;

        var rebased = await PulledImage.FromAsync(store, image);
        var config = ImageDigest.Parse(rebased.Manifest["config"]!["digest"]!.GetValue<string>());
        Assert.Equal(new HashSet<string> { config.Hex, image.Digest.Hex }, Blobs().Except(before).ToHashSet());
        Assert.Equal((await PulledImage.FromAsync(store, run)).Layers, rebased.Layers.Take(1));
        Assert.Equal((await PulledImage.FromAsync(store, app)).Layers.Skip(1), rebased.Layers.Skip(1));
    }

    /// <summary>What it keeps, by digest.</summary>
    private HashSet<string> Blobs() =>
        [
            .. Directory
                .GetDirectories(Path.Combine(registry.Storage, "docker/registry/v2/blobs/sha256"), "*", SearchOption.AllDirectories)
                .Select(path => Path.GetFileName(path))
                .Where(name => name.Length == 64),
        ];
}
