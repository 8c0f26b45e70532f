using NeetoDeploy.Core.Apps;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Docker.Builds;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Docker.Networks;
using NeetoDeploy.Drivers.Docker.Stacks;

namespace NeetoDeploy.Drivers.Docker.Dockerfiles;

/// <summary>Builds Dockerfiles with the engine of this machine.</summary>
internal sealed class DockerDockerfileBuilds(
    DockerEngine engine,
    EngineNames names,
    BuildNetworks networks,
    ControlGroups groups,
    IStacks stacks,
    StackNames stackNames,
    DockerfileCache cache,
    AppImages images
) : IDockerfileBuilds
{
    public async Task<DockerfileOutcome> BuildAsync(
        DockerfileSpec spec,
        Stream context,
        Func<ReadOnlyMemory<byte>, ValueTask> output,
        CancellationToken cancel
    )
    {
        var stack =
            stacks.Find(spec.Stack)
            ?? throw new DriverException(DriverErrorKind.Unavailable, "stack.not_ready", $"The stack {spec.Stack} is not ready yet.");
        await stackNames.GiveAsync(stack, cancel);
        await using var network = await networks.TakeAsync(stack.BuildImage, cancel);
        await RemoveLeftoversAsync(network.Container, cancel);
        var name = cache.NameOf(spec.App, spec.Image);
        var before = await cache.FindAsync(name, cancel);
        var builds = await groups.FindForBuildsAsync(cancel);
        await using var limit = ProcessLimit.TryCreate(builds, spec.PidsLimit);
        var path = DockerfileRequest.Path(spec, names, name, network.Container, limit?.Group ?? builds);
        if (await RunAsync(path, name, context, output, cancel) is { } failure)
            return new DockerfileOutcome.Failed(failure);
        await cache.DropAsync(before, cancel);
        return new DockerfileOutcome.Built(await images.PushAsync(spec.App, name, cancel));
    }

    public Task PurgeCacheAsync(AppId app, CancellationToken cancel) => cache.PurgeAsync(app, cancel);

    /// <summary>Answers why it failed; null when it did not. When nobody listens any more, the engine stops the build and removes its container.</summary>
    private async Task<string?> RunAsync(
        string path,
        string name,
        Stream context,
        Func<ReadOnlyMemory<byte>, ValueTask> output,
        CancellationToken cancel
    )
    {
        try
        {
            using var log = new DockerfileLog(await engine.OpenWorkAsync(path, context, cancel), engine.Translate);
            await foreach (var text in log.ReadAsync(cancel))
                await output(text);
            if (log.Failure is not null && log.Last is { } last)
                await cache.KeepAsync(last, $"{name}.failed", cancel);
            for (var stage = 0; stage < log.Stages.Count - (log.Failure is null ? 1 : 0); stage++)
                await cache.KeepAsync(log.Stages[stage], $"{name}.{stage}", cancel);
            return log.Failure;
        }
        catch (DriverException e) when (e.Kind == DriverErrorKind.Invalid)
        {
            return e.Message; // a Dockerfile that cannot be read, or has no such stage
        }
    }

    /// <summary>A Dockerfile's containers bear no label of ours. What an engine that died left of them still names the sandbox that it joined.</summary>
    private async Task RemoveLeftoversAsync(string sandbox, CancellationToken cancel)
    {
        var containers = await engine.ListContainersAsync(new Dictionary<string, IDictionary<string, bool>>(), cancel);
        foreach (var left in containers.Where(c => c.HostConfig?.NetworkMode == SandboxContainer.Join(sandbox)))
            await engine.RemoveContainerAsync(left.ID, cancel);
    }
}
