using Docker.DotNet.Models;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Stacks;

/// <summary>
/// A stack of images that others made. They are pulled when the engine lacks them; one that it has is used as it is, so that no start waits for a registry.
/// </summary>
internal sealed class PulledStack(DockerEngine engine, ImageFiles files, DockerOptions options)
{
    private const string Bash = "/bin/bash";

    public async Task<StackImages> PrepareAsync(ConfiguredStack stack, IProgress<string> progress, CancellationToken cancel)
    {
        var build = await TakeAsync(stack, stack.Build, progress, cancel);
        var run = await TakeAsync(stack, stack.Run, progress, cancel);
        await using var buildFiles = await files.OpenAsync(build.ID, cancel);
        await using var runFiles = await files.OpenAsync(run.ID, cancel);
        var user = stack.User ?? await ImageUser.ReadAsync(build, stack.Build, buildFiles, cancel);
        await RequireBashAsync(buildFiles, stack.Build, cancel);
        await RequireBashAsync(runFiles, stack.Run, cancel);
        return new StackImages(stack.Name, await PushAsync(stack, run.ID, progress, cancel), build.ID, options.LifecycleDirectory, user);
    }

    private async Task<ImageInspectResponse> TakeAsync(
        ConfiguredStack stack,
        string reference,
        IProgress<string> progress,
        CancellationToken cancel
    )
    {
        if (await engine.FindImageAsync(reference, cancel) is { } present)
            return present;
        progress.Report($"Pulling {reference} for the stack {stack.Name}");
        try
        {
            await foreach (var _ in engine.PullAsync(reference, cancel)) { }
        }
        catch (DriverException e) when (e.Code is not ("engine.unavailable" or "engine.disk_full"))
        {
            throw new DriverException(
                e.Kind,
                "stack.image_not_pulled",
                $"the image {reference} could not be pulled. {e.Message.TrimEnd('.')}. Look at its name in stacks.toml and at this machine's way to that registry; it is tried again every few minutes.",
                e
            );
        }
        return await engine.FindImageAsync(reference, cancel)
            ?? throw new DriverException(
                DriverErrorKind.NotFound,
                "stack.image_not_pulled",
                $"the image {reference} was pulled, and the engine does not have it: it may be for another kind of processor."
            );
    }

    private static async Task RequireBashAsync(ImageFiles.Root image, string name, CancellationToken cancel)
    {
        if (!await image.HasAsync(Bash, cancel))
            throw new DriverException(
                DriverErrorKind.Invalid,
                "stack.no_bash",
                $"the image {name} has no {Bash}, which buildpacks and apps start with. Name another one in stacks.toml."
            );
    }

    private async Task<ImageRef> PushAsync(ConfiguredStack stack, string image, IProgress<string> progress, CancellationToken cancel)
    {
        progress.Report($"Run image of {stack.Name} to the registry");
        var repository = $"stacks/{stack.Name}";
        var tag = image[(image.IndexOf(':', StringComparison.Ordinal) + 1)..][..12];
        await engine.TagImageAsync(image, $"{options.Registry}/{repository}:{tag}", cancel);
        return new ImageRef(options.Registry, repository, await engine.PushAsync($"{options.Registry}/{repository}", tag, cancel));
    }
}
