using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Dynos;

/// <summary>The images that dynos run, by digest and without a tag.</summary>
internal sealed partial class DockerDynoDriver
{
    public Task PullAsync(ImageRef image, CancellationToken cancel) => engine.EnsureImageAsync(image, cancel);

    public async Task RemoveAppAsync(AppId app, CancellationToken cancel)
    {
        await sandboxes.RemoveAppAsync(app, cancel);
        foreach (var image in await engine.ListImagesAsync($"{options.Registry}/{ImageRepositories.Of(app)}", cancel))
            await engine.RemoveImageAsync(image, cancel);
    }

    public async Task RemoveImagesAsync(IReadOnlyCollection<ImageRef> images, CancellationToken cancel)
    {
        foreach (var repository in images.GroupBy(image => $"{image.Registry}/{image.Repository}"))
        {
            var present = await engine.ListImagesAsync(repository.Key, cancel);
            foreach (var image in repository.Select(image => image.ToString()).Intersect(present))
                await RemoveUnusedAsync(image, cancel);
        }
    }

    private async Task RemoveUnusedAsync(string image, CancellationToken cancel)
    {
        try
        {
            await engine.RemoveImageAsync(image, cancel);
        }
        catch (DriverException e) when (e.Kind == DriverErrorKind.Conflict)
        {
            // A container runs on it, perhaps only a sandbox whose network a newer dyno has.
        }
    }
}
