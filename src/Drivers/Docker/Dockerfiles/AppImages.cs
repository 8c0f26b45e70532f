using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Dockerfiles;

/// <summary>Brings an image from the engine into an app's repository.</summary>
internal sealed class AppImages(DockerEngine engine, DockerOptions options)
{
    /// <summary>The image has a tag only for the push: what an app keeps is known by its digest.</summary>
    /// <param name="image">A name or an id on the engine; the image must have another name that it keeps.</param>
    public async Task<ImageRef> PushAsync(AppId app, string image, CancellationToken cancel)
    {
        var repository = ImageRepositories.Of(app);
        var (place, tag) = ($"{options.Registry}/{repository}", $"push-{Guid.NewGuid():N}");
        await engine.TagImageAsync(image, $"{place}:{tag}", cancel);
        try
        {
            return new ImageRef(options.Registry, repository, await engine.PushAsync(place, tag, cancel));
        }
        finally
        {
            await engine.RemoveImageAsync($"{place}:{tag}", CancellationToken.None);
        }
    }
}
