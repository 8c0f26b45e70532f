using System.Collections.Immutable;
using NeetoDeploy.Builder.Tests.Driver;
using NeetoDeploy.Builder.Tests.Export;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Images;
using NeetoDeploy.Drivers.Fake.Images;
using NeetoDeploy.Drivers.Registry;
using NeetoDeploy.Drivers.Registry.Images;
using NeetoDeploy.Drivers.Tests.Images;

namespace NeetoDeploy.Builder.Tests.Slugs;

public sealed class FakeStoreCopyTests : ImageCopyTests
{
    protected override IImageStore Store { get; } = new FakeImageStore(TimeProvider.System);
}

public sealed class RegistryCopyTests(RegistryFixture registry) : ImageCopyTests, IClassFixture<RegistryFixture>, IDisposable
{
    private readonly RegistryImageStore store = new(new RegistryOptions { Registry = registry.Registry });

    protected override IImageStore Store => store;

    public void Dispose() => store.Dispose();
}

/// <summary>How an app takes over another one's image, in an imitated and in a real registry.</summary>
public abstract class ImageCopyTests
{
    protected abstract IImageStore Store { get; }

    [Fact]
    public async Task Another_apps_image_becomes_this_apps_too_and_outlives_it()
    {
        using var builder = await BuilderFixture.StartAsync(Store);
        var original = await builder.BuildAsync(Archives.File("server.js", "1"));
        var target = new AppId(Guid.NewGuid());

        var copy = await builder.BuildAsync(Copy(builder, target, original.Image));
        await Store.RemoveRepositoryAsync(original.Image.Repository, TestContext.Current.CancellationToken);

        Assert.Equal(original.Image with { Repository = $"apps/{target}" }, copy.Image);
        Assert.Equal((original.SizeBytes, 0), (copy.SizeBytes, copy.UploadedBytes));
        Assert.Equal(5, (await PulledImage.FromAsync(Store, copy.Image)).Layers.Count);
        Assert.Equal(copy.Image, builder.Dynos.Pulled.Last());
        Assert.False(Directory.Exists(Path.Combine(builder.Folder, "builds", target.ToString())));
    }

    [Fact]
    public async Task An_image_that_has_gone_cannot_be_taken_over()
    {
        using var builder = await BuilderFixture.StartAsync(Store);
        var gone = new ImageRef(Store.Registry, $"apps/{Guid.NewGuid()}", ImageDigest.FromHash(new byte[32]));
        var failure = await builder.FailAsync(Copy(builder, new AppId(Guid.NewGuid()), gone));
        Assert.Contains("removed", failure.Message, StringComparison.Ordinal);
    }

    private static BuildJob Copy(BuilderFixture builder, AppId target, ImageRef original) =>
        builder.Job() with
        {
            App = target,
            Source = new SourceRef($"image:{original}", null, null),
            Slug = new SlugSpec(Guid.NewGuid(), ImmutableSortedDictionary<string, string>.Empty.Add("web", "x"), null, null, original),
        };
}
