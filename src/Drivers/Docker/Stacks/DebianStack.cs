using System.Diagnostics;
using System.Globalization;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Stacks;

/// <summary>
/// A stack made on this machine from Debian packages: no registry of images is needed. Each step leaves its result under a name that holds the
/// recipe's hash, and the next attempt goes on from there.
/// </summary>
internal sealed class DebianStack(DockerEngine engine, RunImage runImage, BuildImage buildImage, DockerOptions options)
{
    public async Task<StackImages> PrepareAsync(StackRecipe recipe, IProgress<string> progress, CancellationToken cancel)
    {
        var repository = $"stacks/{recipe.Name}";
        var run = $"{options.Registry}/{repository}:{recipe.Hash}";
        var build = $"localhost/neeto-{options.InstallationId}/{recipe.Name}-build:{recipe.Hash}";
        await StepAsync(
            $"Run image of {recipe.Name} from Debian packages",
            () => runImage.EnsureAsync(recipe, run, progress, cancel),
            progress
        );
        var pushing = StepAsync(
            $"Run image of {recipe.Name} to the registry",
            () => engine.PushAsync($"{options.Registry}/{repository}", recipe.Hash, cancel),
            progress
        );
        var building = StepAsync(
            $"Build image of {recipe.Name}",
            () => buildImage.EnsureAsync(recipe, run, build, progress, cancel),
            progress
        );
        await Task.WhenAll(pushing, building);
        return new StackImages(
            recipe.Name,
            new ImageRef(options.Registry, repository, await pushing),
            await building,
            options.LifecycleDirectory,
            StackRecipe.UserId
        );
    }

    private static async Task<T> StepAsync<T>(string step, Func<Task<T>> work, IProgress<string> progress)
    {
        var watch = Stopwatch.StartNew();
        var result = await work();
        progress.Report(string.Create(CultureInfo.InvariantCulture, $"{step}: ready after {watch.Elapsed.TotalSeconds:F1} s"));
        return result;
    }
}
