using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Dockerfiles;

/// <summary>
/// Gives the images of a stack the names that Dockerfiles know them by: <c>FROM localhost/neeto-12:run</c> and <c>FROM localhost/neeto-12:build</c>.
/// Installations of one machine make their stacks from the same recipe, so it does not matter whose image has the name.
/// </summary>
internal sealed class StackNames(DockerEngine engine)
{
    public async Task GiveAsync(StackImages stack, CancellationToken cancel)
    {
        var repository = $"localhost/{stack.RunImage.Repository[(stack.RunImage.Repository.LastIndexOf('/') + 1)..]}";
        await engine.EnsureImageAsync(stack.RunImage, cancel);
        await engine.TagImageAsync(stack.RunImage.ToString(), $"{repository}:run", cancel);
        await engine.TagImageAsync(stack.BuildImage, $"{repository}:build", cancel);
    }
}
