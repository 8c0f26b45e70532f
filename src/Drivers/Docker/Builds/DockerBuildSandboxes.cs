using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Builds;

/// <summary>Build sandboxes as containers of this machine's engine.</summary>
internal sealed class DockerBuildSandboxes(
    DockerEngine engine,
    EngineNames names,
    BuildNetworks networks,
    ControlGroups groups,
    IStacks stacks
) : IBuildSandboxes
{
    public async Task<IBuildSandbox> StartAsync(BuildSandboxSpec spec, CancellationToken cancel)
    {
        var images =
            stacks.Find(spec.Stack)
            ?? throw new DriverException(DriverErrorKind.Unavailable, "stack.not_ready", $"The stack {spec.Stack} is not ready yet.");
        await engine.RemoveContainerAsync(names.BuildContainer(spec.Build), cancel);
        // Another stack's images need not have the programs that make routes.
        var network = await networks.TakeAsync(stacks.Find(stacks.Names[0])!.BuildImage, cancel);
        string? id = null;
        try
        {
            var request = BuildContainer.Request(spec, images, names, network.Container, await groups.FindForBuildsAsync(cancel));
            id = await engine.CreateContainerAsync(request, orFind: false, cancel);
            await engine.StartContainerAsync(id, cancel);
            return new DockerBuildSandbox(engine, id, $"{images.UserId}:{images.GroupId}", network);
        }
        catch
        {
            await using (network)
            {
                if (id is not null)
                    await engine.RemoveContainerAsync(id, CancellationToken.None);
            }
            throw;
        }
    }

    /// <summary>A build's attempts are found by its own name, and by that name with anything behind a separator.</summary>
    public async Task RemoveAsync(string build, CancellationToken cancel)
    {
        var containers = await engine.ListContainersAsync(names.Filter((EngineNames.Role, EngineRoles.Build)), cancel);
        foreach (var container in containers.Where(container => IsOf(EngineNames.Read(container.Labels, EngineNames.Build) ?? "", build)))
            await engine.RemoveContainerAsync(container.ID!, cancel);
    }

    private static bool IsOf(string name, string build) =>
        name == build || (name.StartsWith(build, StringComparison.Ordinal) && name[build.Length] is '-' or '.' or '_');
}
