using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Drivers.Tests.Conformance;

/// <summary>What becomes of images.</summary>
public abstract partial class DynoDriverConformance
{
    /// <summary>Makes an image that the engine does not have, and answers how it is pulled from a repository.</summary>
    protected abstract Task<ImageRef> PublishAsync(string repository);

    /// <summary>Whether the engine has the image.</summary>
    protected abstract Task<bool> HasAsync(ImageRef image);

    [Fact]
    public async Task Removed_images_are_gone_and_removing_them_again_is_harmless()
    {
        var image = await PublishAsync(ImageRepositories.Of(App));
        await Driver.PullAsync(image, Cancel);
        Assert.True(await HasAsync(image));

        await Driver.RemoveImagesAsync([image, MissingImage], Cancel);
        await Driver.RemoveImagesAsync([image, MissingImage], Cancel);

        Assert.False(await HasAsync(image));
    }

    [Fact]
    public async Task An_image_that_a_dyno_runs_stays()
    {
        var image = await PublishAsync(ImageRepositories.Of(App));
        await Driver.EnsureAsync(Spec("web") with { Image = image }, Cancel);

        await Driver.RemoveImagesAsync([image], Cancel);

        Assert.True(await HasAsync(image));
    }

    [Fact]
    public async Task An_app_s_images_go_with_it()
    {
        var image = await PublishAsync(ImageRepositories.Of(App));
        var dyno = await Driver.EnsureAsync(Spec("web") with { Image = image }, Cancel);
        await Driver.RemoveAsync(dyno.Handle, Cancel);

        await Driver.RemoveAppAsync(App, Cancel);

        Assert.False(await HasAsync(image));
    }
}
