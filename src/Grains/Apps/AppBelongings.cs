using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Images;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Apps;

/// <summary>What an app has outside of the grains and beside its dynos: a build cache, images in the registry, a git repository.</summary>
public sealed class AppBelongings(IBuildDriver builder, IImageStore images, IRepositoryStore repositories)
{
    public Task PurgeBuildCacheAsync(AppId app, CancellationToken cancel) => builder.PurgeCacheAsync(app, cancel);

    /// <summary>Removes all of it; may be repeated.</summary>
    public async Task RemoveAsync(AppId app, CancellationToken cancel)
    {
        await builder.PurgeCacheAsync(app, cancel);
        await images.RemoveRepositoryAsync(ImageRepositories.Of(app), cancel);
        await repositories.RemoveAsync(app, cancel);
    }
}
