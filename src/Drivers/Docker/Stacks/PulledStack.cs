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
    private const string Creator = "/cnb/lifecycle/creator";
    private const string Passwd = "/etc/passwd";

    public async Task<StackImages> PrepareAsync(ConfiguredStack stack, IProgress<string> progress, CancellationToken cancel)
    {
        var build = await TakeAsync(stack, stack.Build, progress, cancel);
        var labels = stack.IsBuilder ? BuilderLabels.Parse(LabelOf(build), stack.Build) : null;
        var runName = stack.Run ?? labels?.RunImage ?? throw Lacks(stack.Build, "a run image of its own", "run = …");
        var run = await TakeAsync(stack, runName, progress, cancel);
        await using var buildFiles = await files.OpenAsync(build.ID, cancel);
        await using var runFiles = await files.OpenAsync(run.ID, cancel);
        await RequireAsync(buildFiles, stack.Build, Bash, cancel);
        await RequireAsync(runFiles, runName, Bash, cancel);
        var user = ImageUser.Require(build.Config, stack.Build, await buildFiles.ReadTextAsync(Passwd, cancel), stack.User);
        BuilderImage? builder = null;
        if (labels is not null)
        {
            await RequireAsync(buildFiles, stack.Build, Creator, cancel);
            var runUser = ImageUser.Find(run.Config, await runFiles.ReadTextAsync(Passwd, cancel), null) ?? user;
            builder = Describe(stack, labels, user, runUser);
        }
        var pushed = await PushAsync(stack, run.ID, progress, cancel);
        return new StackImages(stack.Name, pushed, build.ID, options.LifecycleDirectory, user.Id, builder);
    }

    private static BuilderImage Describe(ConfiguredStack stack, BuilderLabels labels, ImageUser user, ImageUser runUser) =>
        new(
            stack.Build,
            labels.PlatformApi,
            user.Group,
            // Its lifecycle asks the image's files for that and ends without an answer.
            user.Home
                is { } home
            && home.StartsWith('/')
            && home != "/"
                ? home
                : throw Lacks(stack.Build, $"a home folder for its user {user.Id}", "another 'user'"),
            $"{runUser.Id}:{runUser.Group}",
            labels.Buildpacks
        );

    private static string? LabelOf(ImageInspectResponse image) =>
        image.Config?.Labels?.TryGetValue(BuilderLabels.Name, out var label) == true ? label : null;

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

    private static async Task RequireAsync(ImageFiles.Root image, string name, string program, CancellationToken cancel)
    {
        if (!await image.HasAsync(program, cancel))
            throw Lacks(name, program, "another image");
    }

    private static DriverException Lacks(string image, string what, string say) =>
        new(
            DriverErrorKind.Invalid,
            "stack.unfit",
            $"the image {image} does not have {what}, which a stack needs. Say {say} in stacks.toml."
        );

    private async Task<ImageRef> PushAsync(ConfiguredStack stack, string image, IProgress<string> progress, CancellationToken cancel)
    {
        progress.Report($"Run image of {stack.Name} to the registry");
        var repository = $"stacks/{stack.Name}";
        var tag = image[(image.IndexOf(':', StringComparison.Ordinal) + 1)..][..12];
        await engine.TagImageAsync(image, $"{options.Registry}/{repository}:{tag}", cancel);
        return new ImageRef(options.Registry, repository, await engine.PushAsync($"{options.Registry}/{repository}", tag, cancel));
    }
}
